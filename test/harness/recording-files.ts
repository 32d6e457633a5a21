// A file system that records what is read, and can tell whether anybody still holds the bytes that it returned.

import type { Files } from "../../server/src/fleet/index.js"
import { collectGarbage } from "../../server/src/machine/garbage.js"

export class RecordingFiles implements Files {
  /** Paths whose contents were handed out as text, which is remembered. */
  readonly texts = new Set<string>()
  /** Paths whose contents were handed out as bytes, to be hashed. */
  readonly bytes = new Set<string>()
  private readonly handedOut: { readonly path: string; readonly bytes: WeakRef<Uint8Array> }[] = []

  constructor(private readonly below: Files) {}

  readFile(path: string): string {
    this.texts.add(path)
    return this.below.readFile(path)
  }

  readBytes(path: string): Uint8Array {
    // A copy, since the file system below may itself hold on to its own.
    return this.handOut(path, new Uint8Array(this.below.readBytes(path)))
  }

  readSlice(path: string, start: number, length: number): Uint8Array {
    return this.handOut(path, new Uint8Array(this.below.readSlice(path, start, length)))
  }

  kindOf: Files["kindOf"] = path => this.below.kindOf(path)
  isExecutable: Files["isExecutable"] = path => this.below.isExecutable(path)
  readDir: Files["readDir"] = path => this.below.readDir(path)
  readLink: Files["readLink"] = path => this.below.readLink(path)
  stampOf: Files["stampOf"] = path => this.below.stampOf(path)
  stat: Files["stat"] = path => this.below.stat(path)
  forget: Files["forget"] = path => this.below.forget(path)
  changesBelow: Files["changesBelow"] = folder => this.below.changesBelow(folder)
  askedBelow: Files["askedBelow"] = folder => this.below.askedBelow(folder)
  changedBelow: Files["changedBelow"] = folder => this.below.changedBelow(folder)

  /** Paths of which somebody still holds bytes, after everything that nobody needs was collected. */
  async stillHeld(): Promise<string[]> {
    // Weak references are kept alive until the end of the turn that made them.
    await new Promise(resolve => setImmediate(resolve))
    collectGarbage()
    return this.handedOut.filter(({ bytes }) => bytes.deref() !== undefined).map(({ path }) => path)
  }

  private handOut(path: string, bytes: Uint8Array): Uint8Array {
    this.bytes.add(path)
    this.handedOut.push({ path, bytes: new WeakRef(bytes) })
    return bytes
  }
}
