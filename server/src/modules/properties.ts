// The functions of nixpkgs' lib that say something about a definition (lib/modules.nix), as they are written: `mkIf c x`,
// `mkForce x`. Whoever reads a text instead of evaluating it knows the properties of its definitions by them.

/** How many arguments such a function takes, of which the last is the definition, and whether it puts that under a condition. */
interface PropertyFunction {
  readonly args: number
  readonly conditional?: true
}

/** By name, with those that give their last argument or nothing. */
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

/** The priority of a definition that says nothing of it; lower wins. */
export const DEFAULT_PRIORITY = 100
/** The priority of an option's own default. */
export const OPTION_DEFAULT_PRIORITY = 1500

/** The priorities that functions set, by name. */
export const priorities: Readonly<Record<string, number>> = {
  mkVMOverride: 10,
  mkForce: 50,
  mkImageMediaOverride: 60,
  mkDefault: 1000,
  mkOptionDefault: OPTION_DEFAULT_PRIORITY,
}
