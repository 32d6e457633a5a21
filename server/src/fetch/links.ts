// Where links of a source lead, found out from what they say and not by following them on disk.

/** Longer ways are circles, which lead nowhere and so not out either. */
const STEPS = 1000

/**
 * Whether a link ends outside of the folder `root`, through whatever other links it goes on its way.
 * @param links by path, what each says
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
