// The names that Nix 2.34 has outside of `builtins`, which is where most people meet its builtins.

const GLOBALS = new Set([
  "abort",
  "baseNameOf",
  "break",
  "builtins",
  "derivation",
  "derivationStrict",
  "dirOf",
  "false",
  "fetchGit",
  "fetchMercurial",
  "fetchTarball",
  "fetchTree",
  "fromTOML",
  "import",
  "isNull",
  "map",
  "null",
  "placeholder",
  "removeAttrs",
  "scopedImport",
  "throw",
  "toString",
  "true",
])

/** Whether a name that nothing binds is one of Nix's own, `__add` and its kin included. */
export function isGlobalBuiltin(name: string): boolean {
  return GLOBALS.has(name) || /^__[a-z]/.test(name)
}
