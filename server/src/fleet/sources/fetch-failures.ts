// Why a fetching builtin fails for sources on this machine or for wrong references, in Nix's words. Failures of the network are
// described where they happen (server/src/fetch).

import { bytesOf, during, EvalError } from "../../eval/index.js"
import { printHash } from "../../store/index.js"
import type { Files } from "../files.js"
import { type FlakeRef, FlakeRefError, narHashOf, relativePath } from "../flake/flake-ref.js"
import { printFlakeRef, shown } from "../flake/flake-ref-print.js"
import { parseFlakeUrl } from "../flake/flake-url.js"
import { GitObjects } from "../git/git-objects.js"
import { type GitRepository, repositoryAt, revisionOf } from "../git/git-repository.js"
import type { MissingSource } from "./sources.js"
import { urlComplaint } from "./url-complaint.js"

/** What file systems allow, in bytes. */
const LONGEST_NAME = 255

/** The error for a missing tree. */
export function missingSource({ why, foundHash }: MissingSource, ref: FlakeRef, files: Files): unknown {
  if (foundHash !== undefined) return new EvalError("hash-mismatch", hashMismatch(ref, foundHash))
  const error = new EvalError("missing-input", localFailure(ref, files) ?? `a source is missing: ${why}`)
  return during(error, `while fetching the input '${printFlakeRef(ref)}'`, 0)
}

/** @throws EvalError for a reference that `check` finds wrong only when it is fetched, FlakeRefError for one that has no text */
export function checkWhileFetching(ref: FlakeRef, check: (ref: FlakeRef) => unknown): void {
  try {
    check(ref)
  } catch (error) {
    if (!(error instanceof FlakeRefError)) throw error
    const wrong = new EvalError("invalid-value", error.message)
    throw during(wrong, `while fetching the input '${printFlakeRef(ref)}'`, 0)
  }
}

/** Why a tree cannot exist, if its reference alone tells; undefined if it may be elsewhere. */
export function localFailure(ref: FlakeRef, files: Files): string | undefined {
  if (ref.type === "path") return pathFailure(ref)
  const path = typeof ref.url === "string" ? filePath(ref.url) : undefined
  if (path === undefined) return undefined
  if (path.split("/").some(name => name.length > LONGEST_NAME))
    return `getting status of "${path}": File name too long`
  const isThere = files.kindOf(path) !== undefined
  if (ref.type === "git")
    return isThere ? gitFailure(ref, path, files) : `Git repository "${absolute(path)}" does not exist.`
  return isThere ? undefined : fileFailure(ref.type === "tarball" ? "tarball" : "file", String(ref.url), path)
}

/**
 * What a repository on this machine lacks; undefined if it has what is wanted, which then was not fetched. Nix looks into one with
 * files itself, and has git fetch from a bare one.
 */
function gitFailure({ url, ref, rev, shallow }: FlakeRef, path: string, files: Files): string | undefined {
  if (files.kindOf(`${path}/.git/shallow`) !== undefined && shallow !== true)
    return `'${path}' is a shallow Git repository, but shallow repositories are only allowed when \`shallow = true;\` is specified`
  if (files.kindOf(`${path}/.git`) === undefined || (rev ?? ref) === undefined)
    return `Failed to fetch git repository '${shown({ type: "git", url: String(url) }).replace(/^git\+/, "")}'`
  const repository = repositoryAt(files, path)
  if (repository !== undefined && hasRevision(files, repository, { ref, rev })) return undefined
  return rev === undefined
    ? `resolving Git reference '${ref}': revspec '${ref}' not found (libgit2 error code = 4)`
    : `getting Git object '${rev}': object not found - no match for id (${rev}) (libgit2 error code = 9)`
}

function hasRevision(
  files: Files,
  repository: GitRepository,
  { ref, rev }: Pick<FlakeRef, "ref" | "rev">,
): boolean {
  const id = rev ?? revisionOf(files, repository, String(ref))
  return id !== undefined && new GitObjects(files, repository.commonDir).commit(String(id)) !== undefined
}

/** The error for an archive or a file that cannot exist, by its URL; undefined if it may be elsewhere. */
export function urlFailure(kind: "tarball" | "file", url: string, files: Files): unknown {
  const isArchive = kind === "tarball"
  const complaint = isArchive || !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(url) ? urlComplaint(url) : undefined
  if (complaint !== undefined)
    return new EvalError("missing-input", isArchive ? complaint : `URL '${url}' doesn't have a scheme`)
  const path = filePath(url)
  if (path === undefined || files.kindOf(path) !== undefined) return undefined
  const error = new EvalError("missing-input", fileFailure(kind, url, path))
  return isArchive ? during(error, `while fetching the input '${url}'`, 0) : error
}

/** The reference says one hash, and the folder has another one. Nix has the two in this order. */
function hashMismatch(ref: FlakeRef, found: string): string {
  const wanted = narHashOf(ref)
  const got = wanted === undefined ? "" : printHash(wanted, "sri")
  return `NAR hash mismatch in input '${printFlakeRef(ref)}', expected '${found}' but got '${got}'`
}

function pathFailure(ref: FlakeRef): string {
  return relativePath(ref) === undefined
    ? `path '/${ref.path}' does not exist`
    : `cannot fetch input '${shown(ref)}' because it uses a relative path`
}

function fileFailure(kind: "tarball" | "file", url: string, path: string): string {
  if (kind === "file")
    return `unable to download '${url}': Could not read a file:// file (37) Could not open file ${path}`
  return path.startsWith("/")
    ? `tarball "${path}" does not exist.`
    : `tarball '${url}' must use an absolute path. The 'file' scheme does not support relative paths.`
}

/** A relative path starts from where files are read: the folder of the process. */
function absolute(path: string): string {
  return path.startsWith("/") ? path : `${bytesOf(process.cwd())}/${path}`
}

/** The path on this machine that a URL names, or that stands in its place. */
export function filePath(url: string): string | undefined {
  if (url.startsWith("/") || !url.includes(":")) return url
  const parsed = parseFlakeUrl(url)
  return parsed?.scheme === "file" ? parsed.segments.join("/") : undefined
}
