// Writes a source from git to a folder. Nothing is written outside of the folder, whatever names and links the source has.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { FetchError } from "./fetch-error.js"
import { leadsOut } from "./links.js"

/** Writes files below a folder and nowhere else. */
export class TreeWriter {
  size = 0
  private readonly links = new Map<string, string>()

  constructor(private readonly root: string) {}

  makeFolder(path: string): void {
    mkdirSync(this.place(path), { recursive: true })
  }

  write(path: string, mode: string, bytes: Buffer): void {
    const file = this.place(path)
    mkdirSync(dirname(file), { recursive: true })
    this.size += bytes.length
    if (mode !== "120000") writeFileSync(file, bytes, { mode: mode === "100755" ? 0o755 : 0o644, flag: "wx" })
    else {
      const target = bytes.toString()
      this.links.set(path, target)
      symlinkSync(target, file)
    }
  }

  private place(path: string): string {
    const isWrong = (part: string) =>
      part === ".." || part === "." || part === "" || part.toLowerCase() === ".git"
    if (path.split("/").some(isWrong))
      throw new FetchError(`the repository contains '${path}', which a source cannot contain`)
    return join(this.root, path)
  }

  /** To be called at the end. @throws FetchError for a link that leads out of the folder */
  check(): void {
    for (const [link, target] of this.links)
      if (leadsOut(link, "", this.links))
        throw new FetchError(
          `the repository contains the link '${link}', which leads out of it to '${target}'`,
        )
  }
}
