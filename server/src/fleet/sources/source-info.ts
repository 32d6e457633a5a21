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

/** `20260823120000`, in UTC. */
function dateText(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/[^0-9]/g, "")
}
