// What fetching builtins get without any fetching: a source whose hash they state, if it is in the Nix store, and sources
// that are folders or repositories of this machine. Everything else is a text that says what was wanted.

import type { FetchedTree, FetchRequest } from "../eval/index.js"
import { type ContentMethod, contentPath, parseHash, StoreError } from "../store/index.js"
import type { Files } from "./files.js"
import { checkFlakeRef, type FlakeRef, FlakeRefError, parseFlakeRef } from "./flake-ref.js"
import { shown } from "./flake-ref-print.js"
import type { Mounts } from "./mounts.js"
import { sourceEntries } from "./source-info.js"
import type { FoundSource, Sources } from "./sources.js"

export interface FetchSettings {
  readonly files: Files
  readonly mounts: Mounts
  readonly sources: Sources
  /** In pure evaluation only what is locked may be fetched. */
  readonly pure: boolean
}

type Attributes = FetchRequest["attrs"]

/** What `EvalIO.fetch` answers: the source, or why it cannot be had. */
export function fetchLocal(request: FetchRequest, settings: FetchSettings): FetchedTree | string {
  try {
    if (request.kind === "tarball") return fixed(request.attrs, "nar", "source", settings)
    if (request.kind === "file") return fixed(request.attrs, "flat", urlName(request.attrs), settings)
    return tree(requestedRef(request), request.kind === "git", settings)
  } catch (error) {
    if (error instanceof FlakeRefError || error instanceof StoreError) return error.message
    throw error
  }
}

/** `fetchTarball` and `fetchurl`: named by the hash of what comes. */
function fixed(
  attrs: Attributes,
  method: ContentMethod,
  defaultName: string,
  { files, mounts, pure }: FetchSettings,
): FetchedTree | string {
  const { url, sha256, name } = attrs
  const builtin = method === "nar" ? "fetchTarball" : "fetchurl"
  if (typeof sha256 !== "string" || sha256 === "")
    return pure
      ? `in pure evaluation mode, '${builtin}' requires a 'sha256' argument`
      : `'${url}' is not on this machine, and without a 'sha256' nobody can tell where it would be`
  const storeName = typeof name === "string" ? name : defaultName
  const storePath = contentPath(storeName, method, parseHash(sha256, "sha256"), undefined, mounts.storeDir)
  if (files.kindOf(storePath) === undefined)
    return `'${url}' is not on this machine (it would be '${storePath}')`
  mounts.add({ storePath, root: storePath, visible: undefined })
  return { storePath, facts: {} }
}

function urlName({ url }: Attributes): string {
  return String(url)
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "")
    .replace(/^.*\//s, "")
}

function requestedRef({ kind, attrs }: FetchRequest): FlakeRef {
  const plain: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(attrs))
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      plain[name] = value
  if (kind === "tree") return treeRef(plain)
  const url = String(plain.url)
  const ref = { ...plain, url: url.startsWith("/") ? `file://${url}` : url }
  if (kind !== "git") return checkFlakeRef({ ...ref, type: "hg" })
  return checkFlakeRef({ ...(plain.submodules ? {} : { exportIgnore: true }), ...ref, type: "git" })
}

/** `fetchTree` clones without history, unless told otherwise. */
function treeRef(attrs: FlakeRef): FlakeRef {
  if (attrs.type === "git") return checkFlakeRef({ shallow: true, ...attrs })
  if (attrs.type !== undefined) return checkFlakeRef(attrs)
  if (typeof attrs.url === "string") return parseFlakeRef(attrs.url)
  throw new FlakeRefError("argument 'type' is missing in call to 'fetchTree'")
}

function tree(
  ref: FlakeRef,
  isFetchGit: boolean,
  { mounts, sources, pure }: FetchSettings,
): FetchedTree | string {
  const isLocked = ref.narHash !== undefined || ref.rev !== undefined
  if (pure && !isLocked)
    return `in pure evaluation mode, '${isFetchGit ? "fetchGit" : "fetchTree"}' doesn't fetch unlocked input '${shown(ref)}'`
  const source = sources.locked(ref)
  if (source.kind === "missing") return source.why
  const storePath = source.storePath()
  mounts.add({ ...source.tree, storePath })
  return { storePath, facts: plainFacts(source, isFetchGit) }
}

/** `fetchGit` calls the revision of a dirty tree zero, for those who always ask for one. */
function plainFacts(source: FoundSource, isFetchGit: boolean): Readonly<Record<string, unknown>> {
  const facts = source.facts()
  const revCount = facts.revCount?.() ?? (isFetchGit ? 0 : undefined)
  return {
    ...Object.fromEntries(sourceEntries(isFetchGit ? { rev: "0".repeat(40), ...facts } : facts)),
    ...(revCount === undefined ? {} : { revCount }),
  }
}
