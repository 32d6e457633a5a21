// Layer 2: the Nix language, and nothing else. `new Evaluator({ io: noIO }).evaluateText("1 + 1", "/")` is 2.

export { writtenName, writtenString } from "../syntax/index.js"
export { type AutoArguments, type Selected, selectAt, selectionPath } from "./auto-call.js"
export { forceDeep } from "./builtins/control.js"
export { examplesOf } from "./builtins/examples.js"
export { builtinConstants, builtinRows, isGlobalName } from "./builtins/index.js"
export type { AttrPlan, SetPlan } from "./code/attrset-plan.js"
export { planSet } from "./code/attrset-plan.js"
export { capturedVariable, capturedVariables, placeOfFunction } from "./code/closure.js"
export { type ImageBytes, markBeginning, restoreCodeImage, writeCodeImage } from "./code/code-image.js"
export { CodeCache } from "./code/program.js"
export { addSource, type Place, placeOf, type Span } from "./code/span.js"
export { writtenText } from "./code/written.js"
export { BuildNeeded, type Builds, type StoreObject, type WantedOutput } from "./derivations/builds.js"
export { withoutLinks } from "./derivations/links.js"
export { during, EvalError } from "./errors/error.js"
export { errorText } from "./errors/error-text.js"
export { withinLimits } from "./errors/exhaustion.js"
export { didYouMeanOneOf, nearNames } from "./errors/suggestions.js"
export { type Counters, Evaluator, type EvaluatorSettings } from "./evaluator.js"
export { duringFlakeCall, fromOutputsCall, placeInFlakeCall } from "./flake-call-trace.js"
export { printText, printValue } from "./formats/print.js"
export { terminalText } from "./formats/terminal-text.js"
export { toJson } from "./formats/to-json.js"
export { toXml } from "./formats/to-xml.js"
export { coerce } from "./interpreter/coerce.js"
export { delayNative, spanOfThunk } from "./interpreter/force.js"
export { rehearse } from "./interpreter/rehearsal.js"
export {
  type EvalIO,
  type FetchedTree,
  type FetchRequest,
  type FileKind,
  type FlakeAccess,
  noIO,
} from "./io.js"
export type { LanguageSettings, Lint, LintLevel } from "./language-settings.js"
export { emptyMemory } from "./memory.js"
export { canonicalPath } from "./path.js"
export { bytesOf, guillemets, textOfBytes } from "./values/byte-text.js"
export { isString, textOf } from "./values/context.js"
export { clearHeap, heapMegabytes } from "./values/heap.js"
export { fromPlain } from "./values/plain.js"
export { forgetFindingsOfShapes, shapeMegabytes } from "./values/shape.js"
export { intern, nameOf, type Sym } from "./values/symbol.js"
export { utf8Fault } from "./values/utf8.js"
export {
  Attrs,
  attrsFrom,
  attrsOf,
  Builtin,
  identityOf,
  isFunction,
  Lambda,
  type Lazy,
  NixFloat,
  NixPath,
  NixString,
  Partial,
  Thunk,
  type Value,
} from "./values/value.js"
