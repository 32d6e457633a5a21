// What the editor is asked to watch: the files and folders that answers turned out to depend on. Nix files are not among them, since
// our client watches those from the beginning.

import { basename, dirname } from "node:path"
import {
  type Connection,
  type DidChangeWatchedFilesClientCapabilities,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from "vscode-languageserver"
import { log } from "../base/index.js"
import type { WatchedPaths } from "../fleet/index.js"
import { uriOf } from "./positions.js"

interface Watch {
  /** What is watched, to compare. */
  readonly list: string
  /** Ends it; undefined if the editor refused. */
  readonly end: Promise<Disposable | undefined>
}

export class FileWatches {
  /** By root of the fleet. */
  private readonly watches = new Map<string, Watch>()

  /** @param able what the editor says of watching what it is asked to */
  constructor(
    private readonly connection: Connection,
    private readonly able: DidChangeWatchedFilesClientCapabilities,
  ) {}

  /**
   * Replaces what is watched for a fleet.
   * @param index where git keeps which files are part of it
   * @param begun called when the editor says that it watches something else than before
   */
  watch(root: string, paths: WatchedPaths, index: string | undefined, begun: () => void): void {
    const watchers = watchersOf(paths)
    if (index !== undefined && this.able.relativePatternSupport) watchers.push(elsewhere(index))
    const list = JSON.stringify(watchers)
    const before = this.watches.get(root)
    if (!this.able.dynamicRegistration || before?.list === list) return
    this.watches.set(root, { list, end: this.begin(watchers, begun) })
    void before?.end.then(watch => watch?.dispose())
  }

  /** Ends what is watched for a fleet. */
  unwatch(root: string): void {
    void this.watches.get(root)?.end.then(watch => watch?.dispose())
    this.watches.delete(root)
  }

  private async begin(watchers: FileSystemWatcher[], begun: () => void): Promise<Disposable | undefined> {
    const { client } = this.connection
    try {
      const end = await client.register(DidChangeWatchedFilesNotification.type, { watchers })
      begun()
      return end
    } catch (error) {
      log("fleet", () => `the editor does not watch: ${String(error)}`)
      return undefined
    }
  }
}

function watchersOf({ files, folders, listed }: WatchedPaths): FileSystemWatcher[] {
  const kind = WatchKind.Create | WatchKind.Delete
  return [
    ...files.map(path => ({ globPattern: globOf(path) })),
    ...folders.map(path => ({ globPattern: globOf(path), kind })),
    ...listed.map(path => ({ globPattern: `${globOf(path)}/*`, kind })),
  ]
}

/** Only a pattern with a folder of its own is watched outside of the folders that are open. */
function elsewhere(path: string): FileSystemWatcher {
  return { globPattern: { baseUri: uriOf(dirname(path)), pattern: basename(path) } }
}

/** The pattern for one path: a character that means something in patterns stands for itself in brackets. */
function globOf(path: string): string {
  return path.replace(/[*?{}[\]]/g, "[$&]")
}
