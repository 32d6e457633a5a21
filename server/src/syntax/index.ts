// Layer 1: text to one AST. `parse` is for the thousands of closed files; open documents go through tree-sitter.

export type * from "./ast.js"
export { type Parsed, parse } from "./parse.js"
