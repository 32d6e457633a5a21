// A working tree as a source: which files it shows, which commit it is, and whether it still is that commit.
//
// Clean means the same as for git: the index has the tree of the commit, and the files match the index. The first is checked by
// computing the id of the index's tree, the second by the size and time of each file, and by its contents only if these do not
// settle it.

import { type HashAlgorithm, hashBytes, printHash } from "../../store/index.js"
import type { Files } from "../files.js"
import { TrackedFiles } from "../sources/tracked-files.js"
import { exportedPaths } from "./git-attributes.js"
import { type IndexEntry, readGitIndex } from "./git-index.js"
import { GitObjects } from "./git-objects.js"
import { type GitRepository, headBranch, headRevision, objectNames, repositoryAt } from "./git-repository.js"

export interface Checkout {
  readonly tracked: TrackedFiles
  /** Computed at the call. */
  facts(): CheckoutFacts
}

export interface CheckoutFacts {
  readonly lastModified: number
  /** The branch that is checked out, such as `refs/heads/main`. */
  readonly branch?: string
  readonly rev?: string
  readonly dirtyRev?: string
  readonly revCount?: () => number | undefined
}

/**
 * The working tree as it is now. Throws an Error if the index cannot be read.
 * With submodules, the files of checked-out submodules belong to it; with `exportIgnore`, what archives leave out does not.
 */
export function checkoutOf(
  files: Files,
  repository: GitRepository,
  { withSubmodules, exportIgnore }: { readonly withSubmodules: boolean; readonly exportIgnore: boolean },
): Checkout {
  const paths = trackedPaths(files, repository, withSubmodules)
  return {
    tracked: new TrackedFiles(exportIgnore ? exportedPaths(files, repository, paths) : paths),
    facts: () => factsOf(files, repository, indexOf(files, repository)),
  }
}

function indexOf(files: Files, repository: GitRepository): readonly IndexEntry[] {
  const path = `${repository.gitDir}/index`
  return files.kindOf(path) === undefined
    ? []
    : readGitIndex(files.readBytes(path), objectNames(files, repository) === "sha256" ? 32 : 20)
}

/** Tracked files that exist. */
function trackedPaths(files: Files, repository: GitRepository, withSubmodules: boolean): string[] {
  const paths: string[] = []
  for (const entry of indexOf(files, repository)) {
    const real = `${repository.top}/${entry.path}`
    if (!isSubmodule(entry)) {
      if (files.kindOf(real) !== undefined) paths.push(entry.path)
      continue
    }
    const submodule = withSubmodules ? repositoryAt(files, real) : undefined
    if (submodule === undefined) continue
    for (const path of trackedPaths(files, submodule, true)) paths.push(`${entry.path}/${path}`)
  }
  return paths
}

function factsOf(files: Files, repository: GitRepository, entries: readonly IndexEntry[]): CheckoutFacts {
  const head = headRevision(files, repository)
  if (head === undefined) return { lastModified: 0 }
  const objects = new GitObjects(files, repository.commonDir)
  const commit = objects.commit(head)
  const lastModified = commit?.time ?? 0
  const isClean =
    commit !== undefined && holdsTree(entries, commit.tree) && isUnchanged(files, repository, entries)
  if (!isClean) return { lastModified, dirtyRev: `${head}-dirty` }
  const branch = headBranch(files, repository)
  const named = branch === undefined ? {} : { branch }
  return { lastModified, ...named, rev: head, revCount: () => objects.count(head) }
}

/**
 * Whether the files are byte for byte what the index names, so that they can stand for the commit. Line endings and filters
 * make them differ in a clean tree; a submodule is an empty folder in a commit.
 */
export function holdsObjects(files: Files, repository: GitRepository): boolean {
  return indexOf(files, repository).every(
    entry =>
      !isSubmodule(entry) &&
      hasMode(files, `${repository.top}/${entry.path}`, entry.mode) &&
      objectId(
        "blob",
        contentOf(files, `${repository.top}/${entry.path}`, entry.mode),
        algorithmOf(entry.object),
      ) === entry.object,
  )
}

function isSubmodule(entry: IndexEntry): boolean {
  return kindBits(entry.mode) === 0o160000
}

function kindBits(mode: number): number {
  return mode & 0o170000
}

/** Whether the index, made a tree, has the id `tree`. */
function holdsTree(entries: readonly IndexEntry[], tree: string): boolean {
  if (entries.some(entry => entry.isIntent || entry.stage !== 0)) return false
  return treeId(entries, 0, entries.length, 0, algorithmOf(tree)) === tree
}

/** The id of the tree of entries `from` to `to`, whose paths are the same up to `depth` characters. They are sorted. */
function treeId(
  entries: readonly IndexEntry[],
  from: number,
  to: number,
  depth: number,
  algorithm: HashAlgorithm,
): string {
  const lines: Buffer[] = []
  for (let at = from; at < to; ) {
    const { path, mode, object } = entries[at]
    const slash = path.indexOf("/", depth)
    if (slash < 0) {
      lines.push(treeLine(mode, path.slice(depth), object))
      at++
      continue
    }
    const folder = path.slice(0, slash + 1)
    let end = at + 1
    while (end < to && entries[end].path.startsWith(folder)) end++
    lines.push(treeLine(0o40000, path.slice(depth, slash), treeId(entries, at, end, slash + 1, algorithm)))
    at = end
  }
  return objectId("tree", Buffer.concat(lines), algorithm)
}

function treeLine(mode: number, name: string, object: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode.toString(8)} ${name}\0`, "latin1"), Buffer.from(object, "hex")])
}

/** Repositories name their objects by one or the other hash. */
function algorithmOf(id: string): HashAlgorithm {
  return id.length === 64 ? "sha256" : "sha1"
}

function objectId(kind: string, content: Uint8Array, algorithm: HashAlgorithm): string {
  const head = Buffer.from(`${kind} ${content.length}\0`, "latin1")
  return printHash(hashBytes(algorithm, Buffer.concat([head, content])), "base16")
}

function isUnchanged(files: Files, repository: GitRepository, entries: readonly IndexEntry[]): boolean {
  const written = files.stat(`${repository.gitDir}/index`)?.modified ?? 0
  return entries.every(
    entry => isSubmodule(entry) || isSame(files, `${repository.top}/${entry.path}`, entry, written),
  )
}

/** A file that changed in the same instant as the index was written can look unchanged, so it is read. */
function isSame(files: Files, path: string, entry: IndexEntry, indexWritten: number): boolean {
  const stat = files.stat(path)
  if (stat === undefined || !hasMode(files, path, entry.mode)) return false
  const { seconds, nanoseconds } = entry.modified
  // Some file systems and builds of git know no nanoseconds; times here are exact to a microsecond.
  const isSameTime =
    Math.floor(stat.modified / 1000) === seconds &&
    (nanoseconds === 0 || Math.abs((stat.modified % 1000) * 1e6 - nanoseconds) < 2000)
  if (isSameTime && stat.size === entry.size && stat.modified < indexWritten) return true
  return objectId("blob", contentOf(files, path, entry.mode), algorithmOf(entry.object)) === entry.object
}

function hasMode(files: Files, path: string, mode: number): boolean {
  if (kindBits(mode) === 0o120000) return files.kindOf(path) === "symlink"
  return files.kindOf(path) === "regular" && files.isExecutable(path) === ((mode & 0o100) !== 0)
}

function contentOf(files: Files, path: string, mode: number): Uint8Array {
  if (kindBits(mode) === 0o120000) return Buffer.from(files.readLink(path), "latin1")
  return files.readBytes(path)
}
