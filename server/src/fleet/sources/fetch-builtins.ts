// Answers fetching builtins: with a source in the Nix store or in Canopy's cache if they state its hash, with folders and repositories
// on this machine, and otherwise with what the supply of sources fetches.

import { EvalError, type FetchedTree, type FetchRequest } from "../../eval/index.js"
import { contentPath, type Hash, parseHash, StoreError } from "../../store/index.js"
import type { Files } from "../files.js"
import {
  checkPathRevision,
  checkSource,
  type FlakeRef,
  FlakeRefError,
  isLocked,
  narHashOf,
} from "../flake/flake-ref.js"
import { parseSourceUrl } from "../flake/flake-ref-parse.js"
import { printFlakeRef } from "../flake/flake-ref-print.js"
import { parseFlakeUrl, percentEncode } from "../flake/flake-url.js"
import { checkWhileFetching, filePath, missingSource, urlFailure } from "./fetch-failures.js"
import type { FoundSource } from "./found-source.js"
import type { Mounts } from "./mounts.js"
import { sourceEntries } from "./source-info.js"
import type { Sources } from "./sources.js"
import { urlComplaint } from "./url-complaint.js"

export interface FetchSettings {
  readonly files: Files
  readonly mounts: Mounts
  readonly sources: Sources
  /** Takes warnings, as bytes. */
  readonly warn: (line: string) => void
  /** In pure evaluation only what is locked may be fetched. */
  readonly pure: boolean
}

type Attributes = FetchRequest["attrs"]

/** The builtins that return a tree with facts about it. */
type TreeBuiltin = "fetchGit" | "fetchMercurial" | "fetchTree"

/** The implementation of `EvalIO.fetch`. @throws EvalError `restricted` in pure evaluation, `missing-input` if nothing is found */
export function fetchForBuiltin(request: FetchRequest, settings: FetchSettings): FetchedTree {
  try {
    switch (request.kind) {
      case "tarball":
        return fixed(request.attrs, "nar", settings)
      case "file":
        return fixed(request.attrs, "flat", settings)
      case "mercurial":
        return mercurial(request.attrs, settings)
      default:
        return tree(requestedRef(request), request.kind === "git" ? "fetchGit" : "fetchTree", settings)
    }
  } catch (error) {
    if (error instanceof FlakeRefError || error instanceof StoreError)
      throw new EvalError("invalid-value", error.message)
    throw error
  }
}

/** `fetchTarball` and `fetchurl`: named by the hash of what comes. */
function fixed(
  { url, name, sha256 }: Attributes,
  method: "nar" | "flat",
  { files, mounts, sources, pure }: FetchSettings,
): FetchedTree {
  const builtin = method === "nar" ? "fetchTarball" : "fetchurl"
  if (pure && sha256 === undefined)
    throw new EvalError("restricted", `in pure evaluation mode, '${builtin}' requires a 'sha256' argument`)
  const pathFor = (hash: Hash) => contentPath(String(name), method, hash, undefined, mounts.storeDir)
  const known = sha256 === undefined ? undefined : pathFor(parseHash(String(sha256), "sha256"))
  if (known !== undefined && (files.kindOf(known) !== undefined || mounts.at(known) !== undefined)) {
    mounts.add({ storePath: known, root: known, visible: undefined })
    return { storePath: known, facts: {} }
  }
  const failure = urlFailure(method === "nar" ? "tarball" : "file", String(url), files)
  if (failure !== undefined) throw failure
  const ref: FlakeRef = { type: method === "nar" ? "tarball" : "file", url: String(url) }
  const stated = sha256 === undefined ? {} : { hash: String(sha256) }
  const found = sources.supplied({ ref, name: String(name), method, ...stated })
  if (found === undefined)
    throw new EvalError(
      "missing-input",
      `a source is missing: '${builtin}' wants '${url}', which is not on this machine`,
    )
  if (typeof found === "string") throw new EvalError("missing-input", found)
  const storePath = pathFor(parseHash(found.hash, "sha256"))
  mounts.add({ storePath, root: found.root, visible: undefined })
  return { storePath, facts: {} }
}

function mercurial({ url, ref, rev, name }: Attributes, settings: FetchSettings): FetchedTree {
  if (settings.pure && rev === undefined)
    throw new EvalError(
      "restricted",
      "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision",
    )
  const text = String(url)
  const named = {
    ...(ref === undefined ? {} : { ref: String(ref) }),
    ...(rev === undefined ? {} : { rev: String(rev) }),
  }
  const full = text.includes("://") ? text : `file://${text}`
  const wanted = checkSource({ type: "hg", url: full, name: String(name ?? "source"), ...named })
  const source = settings.sources.locked(wanted)
  if (source.kind === "missing") throw new EvalError("missing-input", source.why)
  return mountedTree(source, "fetchMercurial", settings)
}

function requestedRef({ kind, attrs }: FetchRequest): FlakeRef {
  const plain = attrs as FlakeRef
  if (kind === "tree") return treeRef(plain)
  if (typeof plain.url === "string") checkUrl(plain.url)
  // Without submodules, a repository is what `git archive` would make of it.
  const exportIgnore =
    plain.exportIgnore === undefined && plain.submodules !== true ? { exportIgnore: true } : {}
  return checkSource({ type: "git", ...exportIgnore, ...plain })
}

function checkUrl(url: string): void {
  const complaint = urlComplaint(url)
  if (complaint !== undefined) throw new EvalError("invalid-value", complaint)
}

/** `fetchTree` clones without history, unless told otherwise. */
function treeRef(attrs: FlakeRef): FlakeRef {
  if (attrs.type === "git") return checkSource({ shallow: true, ...attrs })
  if (attrs.type !== undefined) return checkSource(attrs)
  const url = String(attrs.url)
  checkUrl(url)
  const parsed = parseFlakeUrl(url)
  if (parsed === undefined) throw new EvalError("invalid-value", `'${url}' is not a valid URL`)
  return parseSourceUrl(parsed)
}

function tree(ref: FlakeRef, builtin: TreeBuiltin, settings: FetchSettings): FetchedTree {
  if (settings.pure && !isLocked(ref))
    throw new EvalError(
      "restricted",
      `in pure evaluation mode, '${builtin}' doesn't fetch unlocked input '${printFlakeRef(ref)}'`,
    )
  if (ref.type === "git") warnIfRelative(String(ref.url), settings.warn)
  checkWhileFetching(ref, narHashOf)
  const source = isLocked(ref) ? settings.sources.locked(ref) : settings.sources.unlocked(ref)
  if (source.kind === "missing") throw missingSource(source, ref, settings.files)
  // Nix looks at the revision of a path only once it has found the path.
  checkWhileFetching(ref, checkPathRevision)
  return mountedTree(source, builtin, settings)
}

function warnIfRelative(url: string, warn: FetchSettings["warn"]): void {
  const path = filePath(url)
  if (path === undefined || path.startsWith("/")) return
  const why =
    "This is not supported and will stop working in a future release. See https://github.com/NixOS/nix/issues/12281 for details."
  warn(
    `warning: Fetching Git repository 'file:${percentEncode(path, ":@/")}', which uses a path relative to the current directory. ${why}`,
  )
}

function mountedTree(source: FoundSource, builtin: TreeBuiltin, { mounts }: FetchSettings): FetchedTree {
  const storePath = source.storePath()
  mounts.add({ ...source.tree, storePath })
  return { storePath, facts: plainFacts(source, builtin) }
}

/** All but `fetchTree` call the revision of a dirty tree zero, for programs that always ask for one. */
function plainFacts(source: FoundSource, builtin: TreeBuiltin): Readonly<Record<string, unknown>> {
  const facts = source.facts()
  const alwaysHasRev = builtin !== "fetchTree"
  const revCount = facts.revCount?.() ?? (alwaysHasRev ? 0 : undefined)
  return {
    ...Object.fromEntries(sourceEntries(alwaysHasRev ? { rev: "0".repeat(40), ...facts } : facts)),
    ...(revCount === undefined ? {} : { revCount }),
  }
}
