// Layer 1: text to one AST. `parse` is for the thousands of closed files; open documents go through tree-sitter.

export type * from "./ast.js"
export { type Complaint, firstComplaint } from "./complaint.js"
export { type Parsed, parse } from "./parse.js"
export {
  type Grammar,
  type GrammarFiles,
  loadGrammar,
  type OpenDocument,
  type TextChange,
} from "./tree-sitter.js"
export { validate } from "./validate.js"
export { pushChildren, staticName, withoutParens, writtenName } from "./walk.js"
