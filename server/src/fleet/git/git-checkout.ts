// A working tree as a source: which files it shows, which commit it is, and whether it still is that commit.
//
// Clean means the same as for git: the index has the tree of the commit, and the files match the index. The first is checked by
// computing the id of the index's tree, the second in `git-changes.ts`.

import type { HashAlgorithm } from "../../store/index.js"
import type { Files } from "../files.js"
import { TrackedFiles } from "../sources/tracked-files.js"
import { exportedPaths } from "./git-attributes.js"
import { algorithmOf, holdsObject, isSubmodule, isUnchanged, objectId } from "./git-changes.js"
import { checkFormat, type GitConfig, gitConfig, submodulePaths } from "./git-config.js"
import { type IndexEntry, readGitIndex } from "./git-index.js"
import { GitObjects } from "./git-objects.js"
import { type GitRepository, headBranch, headRevision, repositoryAt } from "./git-repository.js"

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
 * The working tree as it is now. Throws an Error if it cannot be read.
 * With submodules, the files of submodules belong to it; with `exportIgnore`, what archives leave out does not.
 */
export function checkoutOf(
  files: Files,
  repository: GitRepository,
  { withSubmodules, exportIgnore }: { readonly withSubmodules: boolean; readonly exportIgnore: boolean },
): Checkout {
  const tree = () => workingTree(files, repository, withSubmodules)
  const paths = trackedPaths(files, tree())
  return {
    tracked: new TrackedFiles(exportIgnore ? exportedPaths(files, repository, paths) : paths),
    facts: () => factsOf(files, tree()),
  }
}

interface WorkingTree {
  readonly repository: GitRepository
  readonly config: GitConfig
  readonly entries: readonly IndexEntry[]
  /** Those that belong to it, by the path where they are. */
  readonly submodules: ReadonlyMap<string, WorkingTree>
}

function workingTree(files: Files, repository: GitRepository, withSubmodules: boolean): WorkingTree {
  const config = gitConfig(files, repository)
  checkFormat(config, repository.top)
  const entries = indexOf(files, repository, config)
  const paths = withSubmodules ? submodulePaths(files, repository) : new Set()
  const submodules = entries
    .filter(entry => isSubmodule(entry) && paths.has(entry.path))
    .map(({ path }) => [path, workingTree(files, submoduleAt(files, repository.top, path), true)] as const)
  return { repository, config, entries, submodules: new Map(submodules) }
}

function submoduleAt(files: Files, top: string, path: string): GitRepository {
  const submodule = repositoryAt(files, `${top}/${path}`)
  if (submodule !== undefined) return submodule
  throw new Error(
    `submodule '${path}' of the Git repository "${top}" is not checked out.\n\nTo check it out, run:\n\ngit -C "${top}" submodule update --init "${path}"`,
  )
}

function indexOf(files: Files, { gitDir }: GitRepository, config: GitConfig): readonly IndexEntry[] {
  const path = `${gitDir}/index`
  if (files.kindOf(path) === undefined) return []
  return readGitIndex(files.readBytes(path), config.get("extensions.objectformat") === "sha256" ? 32 : 20)
}

/** Tracked files that exist. */
function trackedPaths(files: Files, { repository, entries, submodules }: WorkingTree): string[] {
  const paths: string[] = []
  for (const entry of entries) {
    if (!isSubmodule(entry)) {
      const kind = files.kindOf(`${repository.top}/${entry.path}`)
      if (kind !== undefined && kind !== "directory") paths.push(entry.path)
      continue
    }
    const submodule = submodules.get(entry.path)
    if (submodule === undefined) continue
    for (const path of trackedPaths(files, submodule)) paths.push(`${entry.path}/${path}`)
  }
  return paths
}

function factsOf(files: Files, tree: WorkingTree): CheckoutFacts {
  const { repository, entries } = tree
  const head = headRevision(files, repository)
  if (head === undefined) return { lastModified: 0 }
  const objects = new GitObjects(files, repository.commonDir)
  const commit = objects.commit(head)
  const lastModified = commit?.time ?? 0
  const isClean =
    commit !== undefined &&
    holdsTree(entries, commit.tree) &&
    isUnchanged(files, tree) &&
    [...tree.submodules.values()].every(submodule => factsOf(files, submodule).rev !== undefined)
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
  return indexOf(files, repository, gitConfig(files, repository)).every(
    entry => !isSubmodule(entry) && holdsObject(files, repository.top, entry),
  )
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
