// Files as evaluation sees them: through mounts, only tracked files of a working tree, and through links only where evaluation may
// look. Links are followed here and not by the file system, which would let pure evaluation read anything.

import { canonicalPath, type FileKind } from "../../eval/index.js"
import type { Files } from "../files.js"
import type { MountedPath, Mounts } from "./mounts.js"

/** A longer chain of links is a circle. */
const LINKS = 100

/** A path that may be read: in a source, or outside of all sources if that is allowed. */
interface Located {
  readonly real: string
  readonly mounted: MountedPath | undefined
}

export class MountedFiles {
  /** Folders that evaluation came through, each with its path without links. */
  private readonly straight = new Map<string, string>()

  /**
   * @param isOpen whether files outside of all sources may be read, too
   * @param untracked gets the real paths of files that evaluation asks for and git does not track
   */
  constructor(
    private readonly files: Files,
    private readonly mounts: Mounts,
    private readonly isOpen: boolean,
    private readonly untracked = new Set<string>(),
  ) {}

  readFile(path: string): string {
    return this.files.readFile(this.present(path).real)
  }

  readBytes(path: string): Uint8Array {
    return this.files.readBytes(this.present(path).real)
  }

  kindOf(path: string): FileKind | undefined {
    const at = this.mounts.at(this.throughFolders(path))
    if (at !== undefined) return this.kindAt(at)
    return this.isOpen ? this.files.kindOf(path) : undefined
  }

  stampOf(path: string): string | undefined {
    const at = this.mounts.at(this.throughLinks(path))
    if (at !== undefined) return this.files.stampOf(at.real)
    return this.isOpen ? this.files.stampOf(path) : undefined
  }

  isExecutable(path: string): boolean {
    return this.files.isExecutable(this.locate(this.throughFolders(path)).real)
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    const { real, mounted } = this.present(path, "folder")
    const entries = this.files.readDir(real)
    const tracked = mounted?.mount.visible?.namesIn(mounted.relative)
    if (tracked === undefined) return entries
    for (const [name, kind] of entries)
      if (kind === "regular" && name.endsWith(".nix") && !tracked.has(name))
        this.untracked.add(`${real}/${name}`)
    return new Map(Array.from(entries).filter(([name]) => tracked.has(name)))
  }

  readLink(path: string): string {
    return this.files.readLink(this.locate(this.throughFolders(path)).real)
  }

  /** Frees what is only remembered to be fast. */
  release(): void {
    this.straight.clear()
  }

  private kindAt({ mount, relative, real }: MountedPath): FileKind | undefined {
    return mount.visible?.has(relative) === false ? undefined : this.files.kindOf(real)
  }

  /** Resolves a path to be read. @throws Error in Nix's words if nothing is there, or nothing that may be read */
  private present(path: string, wanted: "file" | "folder" = "file"): Located {
    const found = this.locate(this.throughLinks(path))
    if (found.mounted === undefined || this.kindAt(found.mounted) !== undefined) return found
    if (this.files.kindOf(found.real) !== undefined) this.untracked.add(found.real)
    throw notThere(found.mounted, path, wanted, this.files)
  }

  /** @throws Error for a path outside of all sources, unless it may be seen */
  private locate(path: string): Located {
    const mounted = this.mounts.at(path)
    if (mounted !== undefined) return { real: mounted.real, mounted }
    if (this.isOpen) return { real: path, mounted: undefined }
    throw new Error(forbidden(path))
  }

  /** The same by a way that goes through no link; what is outside of all sources is left to the file system. */
  private throughLinks(path: string, links = 0): string {
    const at = this.throughFolders(path, links)
    const target = this.targetOf(at)
    if (target === undefined) return at
    if (links > LINKS) throw new Error(`infinite symlink recursion in path '${path}'`)
    return this.throughLinks(target, links + 1)
  }

  /** The same for all but the last name. */
  private throughFolders(path: string, links = 0): string {
    const at = this.mounts.at(path)
    if (at === undefined || at.relative === "") return path
    const slash = path.lastIndexOf("/")
    const folder = path.slice(0, slash)
    let straight = this.straight.get(folder)
    if (straight === undefined) this.straight.set(folder, (straight = this.throughLinks(folder, links)))
    return straight === folder ? path : straight + path.slice(slash)
  }

  /** Where a link in a source leads; undefined for what is none. */
  private targetOf(path: string): string | undefined {
    const at = this.mounts.at(path)
    if (at === undefined || this.kindAt(at) !== "symlink") return undefined
    const link = this.files.readLink(at.real)
    const target = canonicalPath(link.startsWith("/") ? link : `${path}/../${link}`)
    // What was built may refer to whatever else is in the store.
    if (at.mount.isBuilt === true) this.mounts.addBuilt(target)
    return target
  }
}

/** Nix's message for what pure evaluation may not see. */
function forbidden(path: string): string {
  return `access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`
}

function notThere(
  { mount, relative, real }: MountedPath,
  path: string,
  wanted: "file" | "folder",
  files: Files,
): Error {
  if (mount.visible === undefined)
    return new Error(
      wanted === "file"
        ? `path '${path}' does not exist`
        : `cannot read directory "${path}": No such file or directory`,
    )
  return new Error(notInRepository(mount.root, relative, files.kindOf(real) !== undefined))
}

/** What Nix says of a file that a repository does not have, or has and does not track. */
export function notInRepository(root: string, file: string, isThere: boolean): string {
  return isThere
    ? `Path '${file}' in the repository "${root}" is not tracked by Git.\n\n` +
        `To make it visible to Nix, run:\n\ngit -C "${root}" add "${file}"`
    : `Path '${file}' does not exist in Git repository "${root}".`
}
