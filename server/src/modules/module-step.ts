// The names between an option that holds modules and one of these modules.

/** One attribute name on the way from an option to a module: a certain one, or any but some. */
export type ModuleStep = { readonly name: string } | { readonly not: readonly string[] }

/** What makes a set a function. */
const ofFunctions: ReadonlySet<string> = new Set(["__functor", "__functionArgs"])

/** Whether a name may stand at a step. Those of elements of lists, and those that make a set a function, are nobody's. */
export function fitsStep(name: string, step: ModuleStep): boolean {
  if ("name" in step) return step.name === name
  return !isElement(name) && !ofFunctions.has(name) && !step.not.includes(name)
}

/** Whether a name on the way to an option is one that the module system gives to the elements of a list. */
export function isElement(name: string): boolean {
  return /^\[definition \d+-entry \d+\]$/.test(name)
}
