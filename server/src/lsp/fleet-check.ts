// Checks a fleet host after host, so that problems appear as they are found: all hosts of a fleet of ten take minutes.
//
// The hosts that the last edit concerns come first, since somebody waits for those.

import type { Finding, Fleet, FleetPort, RequestOptions } from "../fleet/index.js"

// Whoever watches Problems need not see more than that.
const intervalMs = 500

/** What is checked. */
interface Checked {
  readonly port: FleetPort
  readonly fleet: Fleet
  /** The file that was edited last. */
  readonly edited: string | undefined
}

/** What `check` finds; told before the end what it has found on some hosts. */
export async function checkFleet(
  { port, fleet: { root, hosts }, edited }: Checked,
  options: RequestOptions,
  tell: (found: readonly Finding[], checked: readonly string[]) => void,
): Promise<readonly Finding[]> {
  const isOwn = edited?.startsWith(`${root}/`) === true
  const first = isOwn ? (await port.ask({ kind: "why", path: edited }, options)).hosts : []
  const order = [...new Set([...first, ...hosts.map(({ name }) => name)])]
  const check = async (checked: readonly string[]) =>
    tell(await port.ask({ kind: "checkSoFar", hosts: checked }, options), checked)
  // What is wrong with the files and the flake is known at once.
  await check([])
  let atOnce = 1
  for (let done = atOnce; done < order.length; done += atOnce) {
    const since = performance.now()
    await check(order.slice(0, done))
    atOnce = performance.now() - since < intervalMs ? atOnce * 2 : Math.ceil(atOnce / 2)
  }
  return port.ask({ kind: "check" }, options)
}
