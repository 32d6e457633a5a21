// Names of variables and attributes. Nix looks through sets in the order in which it first met their names, those that it
// knows itself before all others. A batch mentions all of them in one order, so that the company which an expression
// comes in changes nothing.

/** In the order in which both evaluators meet them. */
export const nameOrder = ["type", "name", "value", "x", "_", "a", "a'", "a-b", "b", "c", "d", "foo", "y"]

/** Names that only some forms give to what they write, in the order in which both evaluators meet them after those. */
export const otherNames = `
  k v s r t e f g h i z id copy last more path filter recursive sha256 sha1 hash hashAlgo toHashFormat narHash url rev ref
  fix extends final prev self make override new call args scope pkg walk merge n acc o
  owner repo dir submodules shallow lastModified impure unpack executable passAsFile exportReferencesGraph outputChecks
`
  .trim()
  .split(/\s+/)
