// When two answers are the same: when they are equal, but for one thing that the language does not define. A message shows
// the values it is about as far as they are evaluated, and `«thunk»` for the rest. Nix makes a thunk for every function,
// `{ }` or selection that is written in a set or list; Canopy has the value at once, and shows it.

const THUNK = Buffer.from("«thunk»").toString("latin1")

/** Whether Nix's answer (bytes) and ours are the same. */
export function agree(nix: string, canopy: string): boolean {
  return nix === canopy || (nix.includes(THUNK) && patternOf(nix).test(canopy))
}

/** Whether Nix would have had to build or fetch something, which one with a store in memory cannot. */
export function isUnanswered(nix: string): boolean {
  return /Unable to build with a primary store|is required, but there is no substituter/.test(nix)
}

/** The answer as a pattern in which any value may stand where Nix has a thunk. */
function patternOf(answer: string): RegExp {
  const parts = answer.split(THUNK).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`^${parts.join("[^]+?")}$`)
}
