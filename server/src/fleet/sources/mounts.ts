// Maps store paths to real paths of sources. Evaluation sees every source at a store path, as under Nix, so that paths in values and
// hashes of derivations are right. The files stay where they are, and this table translates both ways.

import type { TreeOnDisk } from "./tree-hash.js"

export interface Mount extends TreeOnDisk {
  /** What evaluation sees it as, such as `/nix/store/..-source`. */
  readonly storePath: string
  /** What messages call it, if not by its store path. */
  readonly shown?: string
  /** Made by a build: it really is in the store. */
  readonly isBuilt?: true
}

/** A path that evaluation sees, resolved. */
export interface MountedPath {
  readonly mount: Mount
  /** Below the mount, without a leading slash; "" for the mount itself. */
  readonly relative: string
  readonly real: string
}

export class Mounts {
  private readonly byStorePath = new Map<string, Mount>()

  constructor(readonly storeDir: string) {}

  /** Mounts a tree at its store path. The first tree at a path stays: trees with the same hash are the same. */
  add(mount: Mount): void {
    if (!this.byStorePath.has(mount.storePath)) this.byStorePath.set(mount.storePath, mount)
  }

  /** Mounts the store path that contains `path`, which a build has made. */
  addBuilt(path: string): void {
    if (!path.startsWith(`${this.storeDir}/`)) return
    const storePath = path.split("/", this.storeDir.split("/").length + 1).join("/")
    this.add({ storePath, root: storePath, visible: undefined, isBuilt: true })
  }

  /** Resolves a path that evaluation sees, in canonical form; undefined if it is in no source. */
  at(seen: string): MountedPath | undefined {
    const prefix = this.storeDir.length + 1
    if (seen.length <= prefix || !seen.startsWith(this.storeDir)) return undefined
    const slash = seen.indexOf("/", prefix)
    const mount = this.byStorePath.get(slash < 0 ? seen : seen.slice(0, slash))
    if (mount === undefined) return undefined
    if (slash < 0) return { mount, relative: "", real: mount.root }
    return { mount, relative: seen.slice(slash + 1), real: mount.root + seen.slice(slash) }
  }

  /** The real path of the file that evaluation sees at `seen`; the path itself if it is in no source. */
  realPath(seen: string): string {
    return this.at(seen)?.real ?? seen
  }

  /** What messages call a path that evaluation sees. */
  shownPath(seen: string): string {
    const at = this.at(seen)
    if (at?.mount.shown === undefined) return seen
    return at.relative === "" ? at.mount.shown : `${at.mount.shown}/${at.relative}`
  }

  /** The path at which evaluation sees the file at `real`; undefined if it is in no mounted source. */
  seenPath(real: string): string | undefined {
    let found: Mount | undefined
    for (const mount of this.byStorePath.values()) {
      const holds = real === mount.root || real.startsWith(`${mount.root}/`)
      if (holds && (found === undefined || found.root.length < mount.root.length)) found = mount
    }
    return found === undefined ? undefined : found.storePath + real.slice(found.root.length)
  }

  /** All of them, in the order in which evaluation came to need them. */
  [Symbol.iterator](): Iterator<Mount> {
    return this.byStorePath.values()
  }
}
