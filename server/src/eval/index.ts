// Layer 2: the Nix language, and nothing else. `new Evaluator({ io: noIO }).evaluateText("1 + 1", "/")` is 2.

export { builtinConstants, builtinRows } from "./builtins/index.js"
export { coerce } from "./coerce.js"
export { isString, textOf } from "./context.js"
export { EvalError, type EvalErrorCode } from "./error.js"
export { CodeCache, type Counters, Evaluator, type EvaluatorSettings } from "./evaluator.js"
export { type EvalIO, type FetchedTree, type FetchRequest, type FileKind, noIO } from "./io.js"
export { fromPlain, toPlain } from "./plain.js"
export { attrName, type PrintSettings, printValue } from "./print.js"
export { type Place, placeOf, type Span } from "./span.js"
export { intern, nameOf } from "./symbol.js"
export { toJson } from "./to-json.js"
export * from "./value.js"
