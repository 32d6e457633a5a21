// Whether files of a working tree are still what the index names: by size and time, and by their contents only if these do not
// settle it.

import { type HashAlgorithm, hashBytes, printHash } from "../../store/index.js"
import type { Files } from "../files.js"
import { GitAttributes } from "./git-attributes.js"
import type { GitConfig } from "./git-config.js"
import type { IndexEntry } from "./git-index.js"
import type { GitRepository } from "./git-repository.js"
import { storedBytes } from "./stored-bytes.js"

interface Compared {
  readonly repository: GitRepository
  readonly config: GitConfig
  readonly entries: readonly IndexEntry[]
}

export function isUnchanged(files: Files, { repository, config, entries }: Compared): boolean {
  const written = files.stat(`${repository.gitDir}/index`)?.modified ?? 0
  const attributes = new GitAttributes(files, repository)
  const asStored = (content: Uint8Array, { path }: IndexEntry) =>
    storedBytes(content, path, attributes, config)
  const isModeKept = config.get("core.filemode") !== "false"
  const isSame = (entry: IndexEntry): boolean => {
    const path = `${repository.top}/${entry.path}`
    const stat = files.stat(path)
    if (entry.isAssumedUnchanged) return true
    if (stat === undefined) return false
    if (entry.skipsWorktree) return true
    if (!hasKind(files, path, entry.mode) || (isModeKept && !hasMode(files, path, entry.mode))) return false
    if (isAsOld(stat, entry, written)) return true
    const content = contentOf(files, path, entry.mode)
    return [content, asStored(content, entry)].some(it => it !== undefined && isObject(it, entry))
  }
  return entries.every(entry => isSubmodule(entry) || isSame(entry))
}

/** Whether a file is byte for byte what the index names. */
export function holdsObject(files: Files, top: string, entry: IndexEntry): boolean {
  const path = `${top}/${entry.path}`
  return (
    hasKind(files, path, entry.mode) &&
    hasMode(files, path, entry.mode) &&
    isObject(contentOf(files, path, entry.mode), entry)
  )
}

export function isSubmodule(entry: IndexEntry): boolean {
  return kindBits(entry.mode) === 0o160000
}

/** Repositories name their objects by one or the other hash. */
export function algorithmOf(id: string): HashAlgorithm {
  return id.length === 64 ? "sha256" : "sha1"
}

export function objectId(kind: string, content: Uint8Array, algorithm: HashAlgorithm): string {
  const head = Buffer.from(`${kind} ${content.length}\0`, "latin1")
  return printHash(hashBytes(algorithm, Buffer.concat([head, content])), "base16")
}

function isObject(content: Uint8Array, { object }: IndexEntry): boolean {
  return objectId("blob", content, algorithmOf(object)) === object
}

/** A file that changed in the same instant as the index was written can look unchanged, so it is read. */
function isAsOld(
  { modified, size }: { readonly modified: number; readonly size: number },
  entry: IndexEntry,
  indexWritten: number,
): boolean {
  const { seconds, nanoseconds } = entry.modified
  // Some file systems and builds of git know no nanoseconds; times here are exact to a microsecond.
  const isSameTime =
    Math.floor(modified / 1000) === seconds &&
    (nanoseconds === 0 || Math.abs((modified % 1000) * 1e6 - nanoseconds) < 2000)
  return isSameTime && size === entry.size && modified < indexWritten
}

function kindBits(mode: number): number {
  return mode & 0o170000
}

function hasKind(files: Files, path: string, mode: number): boolean {
  return files.kindOf(path) === (kindBits(mode) === 0o120000 ? "symlink" : "regular")
}

/** Whether a file may be run if and only if that is in its mode. */
function hasMode(files: Files, path: string, mode: number): boolean {
  return kindBits(mode) === 0o120000 || files.isExecutable(path) === ((mode & 0o100) !== 0)
}

function contentOf(files: Files, path: string, mode: number): Uint8Array {
  if (kindBits(mode) === 0o120000) return Buffer.from(files.readLink(path), "latin1")
  return files.readBytes(path)
}
