// The index of a git repository: the list of tracked files, which are all that Nix sees of a working tree.
//
// Format: git documentation, gitformat-index; versions 2, 3 and 4. Of the extensions only `link` (split index) changes which
// files there are, and a file with it is refused with a reason. Texts are byte strings.

export interface IndexEntry {
  /** Below the top of the working tree, with `/`. */
  readonly path: string
  /** As in git trees: 0o100644, 0o100755, 0o120000 (symlink), 0o160000 (submodule). */
  readonly mode: number
  /** 40 hexadecimal digits, or 64. */
  readonly object: string
  /** Time of change of the file when it was added, to notice changes without reading it. Seconds and nanoseconds. */
  readonly modified: { readonly seconds: number; readonly nanoseconds: number }
  readonly size: number
  /** Named by `git add --intent-to-add`: tracked, but nothing of it is in the index. */
  readonly isIntent: boolean
  /** By `git update-index --assume-unchanged`. */
  readonly isAssumedUnchanged: boolean
  /** By `git update-index --skip-worktree`, and where a sparse checkout leaves a file out. */
  readonly skipsWorktree: boolean
  /** 0, or 1 to 3 while a merge is in conflict. */
  readonly stage: number
}

/** Reads the bytes of an index file. @throws Error that says what is wrong with it */
export function readGitIndex(bytes: Uint8Array, hashLength: number): IndexEntry[] {
  return new IndexReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), hashLength).entries()
}

const ASSUMED_UNCHANGED = 0x8000
const EXTENDED = 0x4000
const NAME_LENGTH = 0xfff
const INTENT_TO_ADD = 0x2000
const SKIP_WORKTREE = 0x4000
const FIXED_PART = 42

class IndexReader {
  private at = 12

  constructor(
    private readonly data: Buffer,
    private readonly hashLength: number,
  ) {}

  entries(): IndexEntry[] {
    const { data } = this
    if (data.length < 12 || data.toString("latin1", 0, 4) !== "DIRC") throw new Error("not a git index")
    const version = data.readUInt32BE(4)
    if (version < 2 || version > 4) throw new Error(`git index of unknown version ${version}`)
    const count = data.readUInt32BE(8)
    const entries: IndexEntry[] = []
    for (let previous = ""; entries.length < count; previous = entries[entries.length - 1].path) {
      if (this.at + FIXED_PART + this.hashLength > data.length) throw new Error("git index ends too early")
      entries.push(this.entry(version, previous))
    }
    this.checkExtensions()
    return entries
  }

  private entry(version: number, previous: string): IndexEntry {
    const { data, hashLength } = this
    const start = this.at
    const flagsAt = start + 40 + hashLength
    const flags = data.readUInt16BE(flagsAt)
    const isExtended = (flags & EXTENDED) !== 0
    const extended = isExtended ? data.readUInt16BE(flagsAt + 2) : 0
    const nameAt = flagsAt + (isExtended ? 4 : 2)
    const path = version === 4 ? this.compressedName(nameAt, previous) : this.plainName(start, nameAt, flags)
    return {
      path,
      mode: data.readUInt32BE(start + 24),
      object: data.toString("hex", start + 40, start + 40 + hashLength),
      modified: { seconds: data.readUInt32BE(start + 8), nanoseconds: data.readUInt32BE(start + 12) },
      size: data.readUInt32BE(start + 36),
      isIntent: (extended & INTENT_TO_ADD) !== 0,
      isAssumedUnchanged: (flags & ASSUMED_UNCHANGED) !== 0,
      skipsWorktree: (extended & SKIP_WORKTREE) !== 0,
      stage: (flags >> 12) & 3,
    }
  }

  /** Versions 2 and 3: the name, then one to eight zeros so that the entry's length is a multiple of eight. */
  private plainName(start: number, nameAt: number, flags: number): string {
    const length = flags & NAME_LENGTH
    const end = length < NAME_LENGTH ? nameAt + length : this.data.indexOf(0, nameAt)
    this.at = start + ((end - start + 8) & ~7)
    return this.data.toString("latin1", nameAt, end)
  }

  /** Version 4: how many bytes of the previous name to drop, and what to put instead, ended by a zero. */
  private compressedName(nameAt: number, previous: string): string {
    const { data } = this
    let at = nameAt
    let drop = data[at] & 0x7f
    while ((data[at++] & 0x80) !== 0) drop = ((drop + 1) << 7) | (data[at] & 0x7f)
    const end = data.indexOf(0, at)
    this.at = end + 1
    return previous.slice(0, previous.length - drop) + data.toString("latin1", at, end)
  }

  private checkExtensions(): void {
    const { data } = this
    while (this.at + 8 <= data.length - this.hashLength) {
      const name = data.toString("latin1", this.at, this.at + 4)
      if (name === "link")
        throw new Error(
          "git index is split (core.splitIndex), which is not supported; `git update-index --no-split-index` joins it",
        )
      this.at += 8 + data.readUInt32BE(this.at + 4)
    }
  }
}
