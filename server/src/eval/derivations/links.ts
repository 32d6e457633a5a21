// Follows symbolic links as Nix does before it copies something: all of them, including those on the way.

import { EvalError } from "../errors/error.js"
import type { EvalIO } from "../io.js"

const maxLinks = 1024

/** `path`, absolute and canonical, without links; what does not exist is no link. @throws EvalError for a circle */
export function withoutLinks(io: Pick<EvalIO, "kindOf" | "readLink">, path: string): string {
  let resolved = ""
  let links = 0
  const ahead = path.split("/").reverse()
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === "" || part === ".") continue
    if (part === "..") {
      resolved = resolved.slice(0, Math.max(0, resolved.lastIndexOf("/")))
      continue
    }
    const next = `${resolved}/${part}`
    if (io.kindOf(next) !== "symlink") {
      resolved = next
      continue
    }
    if (++links > maxLinks)
      throw new EvalError("invalid-path", `infinite symlink recursion in path '${path}'`)
    const target = io.readLink(next)
    if (target.startsWith("/")) resolved = ""
    ahead.push(...target.split("/").reverse())
  }
  return resolved === "" ? "/" : resolved
}

/** The first link among the folders above `path`, absolute and canonical. */
export function linkAbove(io: Pick<EvalIO, "kindOf">, path: string): string | undefined {
  for (let end = path.indexOf("/", 1); end >= 0; end = path.indexOf("/", end + 1)) {
    const folder = path.slice(0, end)
    if (io.kindOf(folder) === "symlink") return folder
  }
  return undefined
}
