// Commits of a git repository, read from its object files: when the checked-out commit was made, what tree it has, and how
// many commits led to it.
//
// Format: git documentation, gitrepository-layout. An object is a file of its own ("loose") or part of a pack.

import { inflateSync } from "node:zlib"
import type { FileKind } from "../../eval/index.js"
import type { Files } from "../files.js"
import { GitPack } from "./git-pack.js"

export interface Commit {
  readonly tree: string
  readonly parents: readonly string[]
  /** When it was committed, in seconds since 1970. */
  readonly time: number
}

/** The objects of one repository. */
export class GitObjects {
  private packs: readonly GitPack[] | undefined

  constructor(
    private readonly files: Files,
    private readonly commonDir: string,
  ) {}

  /** A commit by its full id; undefined when it is not there. @throws Error for a broken object file */
  commit(id: string): Commit | undefined {
    const bytes = this.object(id)
    return bytes === undefined ? undefined : parseCommit(bytes.toString("latin1"))
  }

  /** How many commits `id` and its history are, as far as a shallow clone has it; undefined if one is missing. */
  count(id: string): number | undefined {
    const grafts = this.grafts()
    const seen = new Set([id])
    for (const next of seen) {
      const commit = this.commit(next)
      if (commit === undefined) return undefined
      for (const parent of grafts.get(next) ?? commit.parents) seen.add(parent)
    }
    return seen.size
  }

  /** Other parents than a commit itself has: none where a shallow clone was cut off, and what `info/grafts` says. */
  private grafts(): ReadonlyMap<string, readonly string[]> {
    const lines = ["shallow", "info/grafts"].flatMap(name => {
      const file = `${this.commonDir}/${name}`
      return this.files.kindOf(file) === "regular" ? this.files.readFile(file).split("\n") : []
    })
    return new Map(lines.map(line => line.split(" ")).map(([id, ...parents]) => [id, parents]))
  }

  private object(id: string): Buffer | undefined {
    for (const folder of this.objectFolders()) {
      const loose = `${folder}/${id.slice(0, 2)}/${id.slice(2)}`
      if (this.kindNow(loose) === "regular") {
        const bytes = inflateSync(this.files.readBytes(loose))
        return bytes.subarray(bytes.indexOf(0) + 1)
      }
    }
    for (const pack of (this.packs ??= this.findPacks())) {
      const bytes = pack.object(id, base => this.object(base))
      if (bytes !== undefined) return bytes
    }
    return undefined
  }

  private findPacks(): readonly GitPack[] {
    return this.objectFolders().flatMap(folder => {
      if (this.kindNow(`${folder}/pack`) !== "directory") return []
      const indexes = [...this.files.readDir(`${folder}/pack`).keys()].filter(name => name.endsWith(".idx"))
      return indexes.map(name => new GitPack(this.files, `${folder}/pack/${name.slice(0, -".idx".length)}`))
    })
  }

  /** What is there now. Git moves objects into packs whenever it likes, and nobody is told. */
  private kindNow(path: string): FileKind | undefined {
    this.files.forget(path)
    return this.files.kindOf(path)
  }

  /** The repository's own and those it borrows from. */
  private objectFolders(): readonly string[] {
    const own = `${this.commonDir}/objects`
    const borrowed = `${own}/info/alternates`
    if (this.files.kindOf(borrowed) !== "regular") return [own]
    const lines = this.files
      .readFile(borrowed)
      .split("\n")
      .filter(line => line !== "" && !line.startsWith("#"))
    return [own, ...lines.map(line => (line.startsWith("/") ? line : `${own}/${line}`))]
  }
}

function parseCommit(text: string): Commit {
  const header = text.slice(0, text.indexOf("\n\n"))
  const time = /^committer .*> (\d+) [+-]\d+$/m.exec(header)?.[1]
  return {
    tree: /^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? "",
    parents: Array.from(header.matchAll(/^parent ([0-9a-f]+)$/gm), match => match[1]),
    time: Number(time ?? 0),
  }
}
