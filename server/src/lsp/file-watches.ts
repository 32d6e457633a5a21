// What the editor is asked to watch: the files and folders that answers turned out to depend on. Nix files are not among them, since
// our client watches those from the beginning.

import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from "vscode-languageserver"
import { log } from "../base/index.js"
import type { WatchedPaths } from "../fleet/index.js"

interface Watch {
  /** What is watched, to compare. */
  readonly list: string
  /** Ends it; undefined if the editor refused. */
  readonly end: Promise<Disposable | undefined>
}

export class FileWatches {
  /** By root of the fleet. */
  private readonly watches = new Map<string, Watch>()

  /** @param isAble whether the editor watches what it is asked to */
  constructor(
    private readonly connection: Connection,
    private readonly isAble: boolean,
  ) {}

  /** Replaces what is watched for a fleet. */
  watch(root: string, paths: WatchedPaths): void {
    const list = JSON.stringify(paths)
    const before = this.watches.get(root)
    if (!this.isAble || before?.list === list) return
    this.watches.set(root, { list, end: this.begin(watchersOf(paths)) })
    void before?.end.then(watch => watch?.dispose())
  }

  /** Ends what is watched for a fleet. */
  unwatch(root: string): void {
    void this.watches.get(root)?.end.then(watch => watch?.dispose())
    this.watches.delete(root)
  }

  private async begin(watchers: FileSystemWatcher[]): Promise<Disposable | undefined> {
    try {
      return await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
    } catch (error) {
      log("fleet", () => `the editor does not watch: ${String(error)}`)
      return undefined
    }
  }
}

function watchersOf({ files, folders }: WatchedPaths): FileSystemWatcher[] {
  return [
    ...files.map(path => ({ globPattern: globOf(path) })),
    ...folders.map(path => ({ globPattern: globOf(path), kind: WatchKind.Create | WatchKind.Delete })),
  ]
}

/** The pattern for one path: a character that means something in patterns stands for itself in brackets. */
function globOf(path: string): string {
  return path.replace(/[*?{}[\]]/g, "[$&]")
}
