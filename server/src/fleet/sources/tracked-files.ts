// The tracked files of a working tree, as a tree of names that is quick to ask: evaluation asks at every read.

/** A set of files below some folder. Paths are relative to it, without a leading slash; "" is the folder itself. */
export class TrackedFiles {
  private readonly folders = new Map<string, Set<string>>([["", new Set()]])

  constructor(paths: Iterable<string>) {
    for (const path of paths) this.add(path)
  }

  /** Whether the path is a tracked file or a folder that contains one. */
  has(path: string): boolean {
    if (this.folders.has(path)) return true
    const slash = path.lastIndexOf("/")
    return this.folders.get(slash < 0 ? "" : path.slice(0, slash))?.has(path.slice(slash + 1)) ?? false
  }

  /** The tracked names directly in a folder; undefined if nothing in it is tracked. */
  namesIn(folder: string): ReadonlySet<string> | undefined {
    return this.folders.get(folder)
  }

  isFolder(path: string): boolean {
    return this.folders.has(path)
  }

  private add(path: string): void {
    let child = path
    for (;;) {
      const slash = child.lastIndexOf("/")
      const folder = slash < 0 ? "" : child.slice(0, slash)
      const names = this.folders.get(folder)
      if (names !== undefined) {
        names.add(child.slice(slash + 1))
        return
      }
      this.folders.set(folder, new Set([child.slice(slash + 1)]))
      child = folder
    }
  }
}
