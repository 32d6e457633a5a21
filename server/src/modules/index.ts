// Layer 3: the module system as seen from outside: what an evaluated configuration says about its options and modules.

export { Allowance } from "./allowance.js"
export {
  declaringFiles,
  definingFiles,
  type FoundOptions,
  heldModules,
  type ModuleOption,
  moduleOptions,
  type OptionAlias,
} from "./aspect-options.js"
export {
  attempt,
  tryAttr,
  tryAttrs,
  tryForce,
  tryList,
  tryText,
  tryTexts,
} from "./attempt.js"
export { definitionsOf } from "./definition.js"
export { declarationErrors, valueErrors } from "./failures.js"
export { allModules, isWhole, type ModuleNode, moduleGraph, splitFile } from "./graph.js"
export { importCircle } from "./import-circle.js"
export { namesOf, setsIn } from "./members.js"
export { statedClass } from "./module-class.js"
export { fitsStep, isElement, type ModuleStep } from "./module-step.js"
export { nearPaths } from "./near-paths.js"
export { type DefinitionReport, reportOption } from "./option.js"
export { optionsBelow } from "./option-set.js"
export { findTarget, type InOption, type Target } from "./option-target.js"
export { DEFAULT_PRIORITY, priorities, propertyFunctions } from "./properties.js"
export { refusalsOf } from "./refusals.js"
export { isDerivation } from "./render.js"
export { isFreeform, lacksOption, withoutCheck } from "./unchecked.js"
