// The attributes of `sourceInfo`, and of what `fetchTree` returns.

/** What is known about a source, besides its store path. */
export interface SourceFacts {
  readonly narHash?: string
  /** Seconds since 1970. */
  readonly lastModified?: number
  readonly rev?: string
  /** Instead of `rev` where the working tree differs from the commit. */
  readonly dirtyRev?: string
  /** The branch that a working tree is on. */
  readonly branch?: string
  /** How many commits there are; counting them takes time. Undefined when they are not all there. */
  readonly revCount?: () => number | undefined
  /** Only sources from git say so. */
  readonly submodules?: boolean
}

type Entry = readonly [name: string, value: string | number | boolean]

/** The facts under the names that Nix gives them, but for `revCount`, which is not computed before it is wanted. */
export function* sourceEntries(facts: SourceFacts): Iterable<Entry> {
  const { narHash, rev, dirtyRev, lastModified, submodules } = facts
  if (narHash !== undefined) yield ["narHash", narHash]
  if (submodules !== undefined) yield ["submodules", submodules]
  if (rev !== undefined) {
    yield ["rev", rev]
    yield ["shortRev", shortRevision(rev)]
  }
  if (dirtyRev !== undefined) {
    yield ["dirtyRev", dirtyRev]
    yield ["dirtyShortRev", `${shortRevision(dirtyRev)}-dirty`]
  }
  if (lastModified !== undefined) {
    yield ["lastModified", lastModified]
    yield ["lastModifiedDate", dateText(lastModified)]
  }
}

function shortRevision(rev: string): string {
  return rev.slice(0, 7)
}

/** The calendar repeats itself after so many seconds: 400 years. */
const CALENDAR = 146_097 * 86_400

/** `20260823120000`, in UTC. Dates of JavaScript end before those of Nix do. */
function dateText(seconds: number): string {
  const repeats = Math.floor(seconds / CALENDAR)
  const date = new Date((seconds - repeats * CALENDAR) * 1000).toISOString()
  const [year, ...rest] = date.replace(/\.\d+Z$/, "").split(/[^0-9]/)
  return [Number(year) + 400 * repeats, ...rest].join("")
}
