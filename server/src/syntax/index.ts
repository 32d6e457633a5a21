// Layer 1: text to one AST. `parse` reads every text; the tree-sitter grammar is the second opinion.

export type * from "./ast.js"
export { firstComplaint } from "./complaint/complaint.js"
export { type Grammar, type GrammarFiles, loadGrammar } from "./grammar.js"
export { floatOfLiteral, isIntegerInRange } from "./number-literal.js"
export { type Parsed, parse } from "./parser/parse.js"
export { childrenInScope, type Local, lookup, type Scope, scopeInside } from "./scope.js"
export { nulMessage } from "./string-text.js"
export { validate } from "./validate.js"
export {
  childrenOf,
  expressionsIn,
  plainText,
  pushChildren,
  staticName,
  staticNames,
  withoutParens,
} from "./walk.js"
export { writtenName, writtenString } from "./written.js"
