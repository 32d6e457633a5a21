// Writes a source from git to a folder. Nothing is written outside of the folder, whatever names and links the source has.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { textOfBytes } from "../eval/index.js"
import { FetchError } from "./fetch-error.js"
import { leadsOut } from "./links.js"

/** Writes files below a folder and nowhere else. */
export class TreeWriter {
  size = 0
  private readonly links = new Map<string, string>()

  constructor(private readonly root: string) {}

  /** Paths are byte strings, since not all of them are UTF-8. */
  makeFolder(path: string): void {
    mkdirSync(this.place(path), { recursive: true })
  }

  write(path: string, mode: string, bytes: Buffer): void {
    const file = this.place(path)
    if (path.includes("/")) mkdirSync(this.place(dirname(path)), { recursive: true })
    this.size += bytes.length
    if (mode !== "120000") writeFileSync(file, bytes, { mode: mode === "100755" ? 0o755 : 0o644, flag: "wx" })
    else {
      this.links.set(path, bytes.toString("latin1"))
      symlinkSync(bytes, file)
    }
  }

  private place(path: string): Buffer {
    const isWrong = (part: string) =>
      part === ".." || part === "." || part === "" || part.toLowerCase() === ".git"
    if (path.split("/").some(isWrong))
      throw new FetchError(`the repository contains '${textOfBytes(path)}', which a source cannot contain`)
    return Buffer.concat([Buffer.from(`${this.root}/`), Buffer.from(path, "latin1")])
  }

  /** To be called at the end. @throws FetchError for a link that leads out of the folder */
  check(): void {
    for (const [link, target] of this.links)
      if (leadsOut(link, "", this.links))
        throw new FetchError(
          `the repository contains the link '${textOfBytes(link)}', which leads out of it to '${textOfBytes(target)}'`,
        )
  }
}
