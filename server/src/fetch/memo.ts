// Remembers what references led to when they were last fetched: locked ones for ever, branches for as long as the settings say. Used by
// the fetching thread, and by evaluations that may not fetch.

import { bytesOf } from "../eval/index.js"
import type { FlakeRef, SourceRequest, SuppliedSource } from "../fleet/index.js"
import { createHasher, printHash } from "../store/index.js"
import type { SourceCache } from "./source-cache.js"

interface Memo {
  /** Under which name the cache has it. */
  readonly storeName: string
  readonly hash: string
  readonly ref: FlakeRef
}

/** Whether a repository is on this machine, so that no network is needed to ask it. */
export function isLocalGit({ type, url }: FlakeRef): boolean {
  return type === "git" && typeof url === "string" && url.startsWith("file:")
}

/** Whether to ask anew each time: a branch of a repository on this machine, which moves as a person works. */
export function isMoving({ ref }: SourceRequest): boolean {
  return isLocalGit(ref) && ref.rev === undefined
}

/** What `wanted` led to before, if that is still in the cache and not too old. */
export function remembered(
  wanted: SourceRequest,
  cache: SourceCache,
  refreshSeconds: number,
): SuppliedSource | undefined {
  const isFixed = wanted.hash !== undefined || wanted.ref.rev !== undefined
  const text = cache.recall(nameOf(wanted), isFixed ? Number.POSITIVE_INFINITY : refreshSeconds * 1000)
  if (text === undefined) return undefined
  const { storeName, ...found } = JSON.parse(text) as Memo
  const root = cache.find(storeName)
  return root === undefined ? undefined : { root: bytesOf(root), ...found }
}

/** Remembers what `wanted` led to. */
export function remember(wanted: SourceRequest, cache: SourceCache, memo: Memo): void {
  cache.remember(nameOf(wanted), JSON.stringify(memo))
}

function nameOf({ ref, name, method, hash = "" }: SourceRequest): string {
  const sorted = Object.entries(ref).sort(([a], [b]) => (a < b ? -1 : 1))
  return `source-${digest(JSON.stringify([sorted, name, method, hash]))}`
}

/** A name for a file, computed from a text. */
export function digest(text: string): string {
  const hasher = createHasher("sha256")
  hasher.write(Buffer.from(text))
  return printHash(hasher.finish(), "base16").slice(0, 40)
}
