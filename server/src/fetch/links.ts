// Where the links of a source lead, computed from their targets and not by following them on disk.

/** Longer chains are circles, which lead nowhere, and so not out of the source. */
const STEPS = 1000

/**
 * Whether a link ends outside of the folder `root`, possibly through other links.
 * @param links the target of each link, by path
 */
export function leadsOut(link: string, root: string, links: ReadonlyMap<string, string>): boolean {
  const pending = link.split("/")
  const at: string[] = []
  for (let steps = 0; pending.length > 0; steps++) {
    if (steps > STEPS) return false
    const part = pending.shift()!
    if (part === "" || part === ".") continue
    if (part !== "..") at.push(part)
    else if (at.length === 0 || at.join("/") === root) return true
    else at.pop()
    const target = links.get(at.join("/"))
    if (target === undefined) continue
    if (target.startsWith("/")) return true
    at.pop()
    pending.unshift(...target.split("/"))
  }
  return root !== "" && at[0] !== root
}
