// Layer 2: the Nix language, and nothing else. `new Evaluator({ io: noIO }).evaluateText("1 + 1", "/")` is 2.

export type { AttrPlan, SetPlan } from "./attrset-plan.js"
export { planSet } from "./attrset-plan.js"
export { type AutoArguments, selectAt, selectionPath } from "./auto-call.js"
export { BuildNeeded, type Builds, type StoreObject, type WantedOutput } from "./builds.js"
export { forceDeep } from "./builtins/control.js"
export { type BuiltinExample, examplesOf } from "./builtins/examples.js"
export { builtinConstants, builtinRows, isGlobalName } from "./builtins/index.js"
export { bytesOf, guillemets, textOfBytes } from "./byte-text.js"
export { capturedVariable } from "./closure.js"
export { markBeginning, restoreCodeImage, writeCodeImage } from "./code-image.js"
export { coerce } from "./coerce.js"
export { isString, textOf } from "./context.js"
export { EvalError, type EvalErrorCode } from "./error.js"
export { type ErrorTextSettings, errorText } from "./error-text.js"
export { type Counters, Evaluator, type EvaluatorSettings } from "./evaluator.js"
export { withinLimits } from "./exhaustion.js"
export { delayNative, spanOfThunk } from "./force.js"
export { clearHeap, heapMegabytes } from "./heap.js"
export {
  type EvalIO,
  type FetchedTree,
  type FetchRequest,
  type FileKind,
  type FlakeAccess,
  noIO,
} from "./io.js"
export type { LanguageSettings, Lint, LintLevel } from "./language-settings.js"
export { canonicalPath } from "./path.js"
export { fromPlain, toPlain } from "./plain.js"
export { attrName, type PrintSettings, printValue, quote as quoteText } from "./print.js"
export { CodeCache } from "./program.js"
export { type Place, placeOf, type Span } from "./span.js"
export { didYouMeanOneOf } from "./suggestions.js"
export { intern, nameOf, type Sym } from "./symbol.js"
export { terminalText } from "./terminal-text.js"
export { toJson } from "./to-json.js"
export { toXml } from "./to-xml.js"
export * from "./value.js"
export { writtenText } from "./written.js"
