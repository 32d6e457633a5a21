// The functions of nixpkgs' lib that give a definition properties (lib/modules.nix), such as `mkIf c x` and `mkForce x`. Whoever
// reads a text without evaluating it recognises properties by these names.

/** How many arguments such a function takes, of which the last is the definition, and whether it puts that under a condition. */
interface PropertyFunction {
  readonly args: number
  readonly conditional?: true
}

/** The functions by name, including those that return their last argument or nothing. */
export const propertyFunctions: Readonly<Record<string, PropertyFunction>> = {
  mkIf: { args: 2, conditional: true },
  optionalAttrs: { args: 2, conditional: true },
  optionals: { args: 2, conditional: true },
  optional: { args: 2, conditional: true },
  mkMerge: { args: 1 },
  mkForce: { args: 1 },
  mkDefault: { args: 1 },
  mkOptionDefault: { args: 1 },
  mkVMOverride: { args: 1 },
  mkImageMediaOverride: { args: 1 },
  mkOverride: { args: 2 },
  mkBefore: { args: 1 },
  mkAfter: { args: 1 },
  mkOrder: { args: 2 },
}

/** The priority of a plain definition. Lower wins. */
export const DEFAULT_PRIORITY = 100
/** The priority of an option's own default. */
export const OPTION_DEFAULT_PRIORITY = 1500

/** The priorities that functions set, by name of the function. */
export const priorities: Readonly<Record<string, number>> = {
  mkVMOverride: 10,
  mkForce: 50,
  mkImageMediaOverride: 60,
  mkDefault: 1000,
  mkOptionDefault: OPTION_DEFAULT_PRIORITY,
}
