// Paths as Nix sees them: absolute, with `.` and `..` removed by text alone, never by asking the file system.

/** Removes `.`, `..` and repeated slashes. `path` must be absolute. */
export function canonicalPath(path: string): string {
  if (!path.includes("//") && !path.includes("/.") && !(path.length > 1 && path.endsWith("/"))) return path
  const parts: string[] = []
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue
    if (part === "..") parts.pop()
    else parts.push(part)
  }
  return `/${parts.join("/")}`
}

/** The last component, as `builtins.baseNameOf` gives it: one trailing slash does not count. */
export function baseName(path: string): string {
  const end = path.endsWith("/") && path.length > 0 ? path.length - 1 : path.length
  return path.slice(path.lastIndexOf("/", end - 1) + 1, end)
}

/** All before the last component: `.` where there is no slash, `/` for what lies in the root. */
export function dirName(path: string): string {
  const slash = path.lastIndexOf("/")
  if (slash < 0) return "."
  return slash === 0 ? "/" : path.slice(0, slash)
}
