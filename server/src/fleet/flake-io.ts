// The world of a pure evaluation: the sources of a flake and its inputs, at their store paths, and nothing else.

import {
  type Builds,
  canonicalPath,
  type EvalIO,
  type FetchedTree,
  type FetchRequest,
  type FileKind,
} from "../eval/index.js"
import type { Files } from "./files.js"
import type { MountedPath, Mounts } from "./mounts.js"

/** What a pure evaluation gets from outside beside its sources. */
export interface FlakeIOSettings {
  readonly files: Files
  readonly mounts: Mounts
  readonly fetch: (request: FetchRequest) => FetchedTree
  readonly flakes: EvalIO["flakes"]
  readonly builds?: Builds
  /** Takes what `builtins.trace` writes. */
  readonly trace?: (line: string) => void
}

/** The evaluator's view of sources through `mounts`. */
export function createFlakeIO({ files, mounts, fetch, flakes, builds, trace }: FlakeIOSettings): EvalIO {
  const view = new MountedFiles(files, mounts)
  return {
    readFile: path => view.readFile(path),
    readBytes: path => view.readBytes(path),
    kindOf: path => view.kindOf(path),
    stampOf: path => view.stampOf(path),
    isExecutable: path => view.isExecutable(path),
    readDir: path => view.readDir(path),
    readLink: path => view.readLink(path),
    getEnv: () => "",
    searchPath: [],
    currentSystem: undefined,
    currentTime: undefined,
    storeDir: mounts.storeDir,
    fetch,
    builds: builds === undefined ? undefined : mountedBuilds(builds, mounts),
    flakes,
    trace: trace ?? (() => {}),
  }
}

/** What was built may be read, like a source. */
function mountedBuilds(builds: Builds, mounts: Mounts): Builds {
  return {
    realise: wanted => {
      const isBuilt = builds.realise(wanted)
      if (isBuilt) mounts.add({ storePath: wanted.outPath, root: wanted.outPath, visible: undefined })
      return isBuilt
    },
  }
}

/** Files as evaluation sees them: through mounts, and of a working tree only what git tracks. */
export class MountedFiles {
  constructor(
    private readonly files: Files,
    private readonly mounts: Mounts,
  ) {}

  readFile(path: string): string {
    return this.files.readFile(this.present(path).real)
  }

  readBytes(path: string): Uint8Array {
    return this.files.readBytes(this.present(path).real)
  }

  kindOf(path: string): FileKind | undefined {
    const at = this.mounts.at(path)
    return at === undefined ? undefined : this.kindAt(this.throughLinks(at))
  }

  stampOf(path: string): string | undefined {
    return this.files.stampOf(this.find(path).real)
  }

  isExecutable(path: string): boolean {
    return this.files.isExecutable(this.find(path).real)
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    const at = this.present(path)
    const entries = this.files.readDir(at.real)
    const tracked = at.mount.visible?.namesIn(at.relative)
    return tracked === undefined
      ? entries
      : new Map(Array.from(entries).filter(([name]) => tracked.has(name)))
  }

  readLink(path: string): string {
    return this.files.readLink(this.find(path).real)
  }

  private kindAt({ mount, relative, real }: MountedPath): FileKind | undefined {
    return mount.visible?.has(relative) === false ? undefined : this.files.kindOf(real)
  }

  /** What is there to be read. @throws Error with Nix's words when nothing is, or nothing that may be seen */
  private present(path: string): MountedPath {
    const at = this.find(path)
    if (this.kindAt(at) === undefined) throw notThere(at, path, this.files)
    return at
  }

  /** @throws Error for a path outside of all sources */
  private find(path: string): MountedPath {
    const at = this.mounts.at(path)
    if (at === undefined) throw new Error(forbidden(path))
    return this.throughLinks(at)
  }

  /** A path that goes through a tracked link leads to what the link names: git itself tracks nothing behind it. */
  private throughLinks(at: MountedPath, links = 0): MountedPath {
    const { mount, relative } = at
    if (mount.visible === undefined || mount.visible.has(relative) || links > 40) return at
    for (let slash = relative.indexOf("/"); slash >= 0; slash = relative.indexOf("/", slash + 1)) {
      const folder = relative.slice(0, slash)
      if (!mount.visible.has(folder) || this.files.kindOf(`${mount.root}/${folder}`) !== "symlink") continue
      const target = this.files.readLink(`${mount.root}/${folder}`)
      const folderSeen = target.startsWith("/") ? target : `${mount.storePath}/${folder}/../${target}`
      const seen = canonicalPath(folderSeen + relative.slice(slash))
      const next = this.mounts.at(seen)
      return next === undefined ? at : this.throughLinks(next, links + 1)
    }
    return at
  }
}

/** Nix's message for what pure evaluation may not see. */
export function forbidden(path: string): string {
  return `access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`
}

function notThere({ mount, relative, real }: MountedPath, path: string, files: Files): Error {
  if (mount.visible === undefined) return new Error(`path '${path}' does not exist`)
  if (files.kindOf(real) === undefined)
    return new Error(`path '${relative}' does not exist in Git repository "${mount.root}"`)
  return new Error(
    `path '${relative}' in the repository "${mount.root}" is not tracked by Git; to make it visible to Nix, run: git -C "${mount.root}" add "${relative}"`,
  )
}
