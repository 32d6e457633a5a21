// Versions and package names as Nix takes them apart and orders them.
//
// A version is a row of components: runs of digits, and runs of anything else, cut at dots and dashes. `pre` sorts before
// the end of a version and letters before digits, so that 1.0pre1 < 1.0 < 1.0a < 1.0.1.

const component = /[0-9]+|[^0-9.-]+/g

/** The components of `version`, a byte string. */
export function splitVersion(version: string): string[] {
  return version.match(component) ?? []
}

/** -1, 0 or 1: whether `left` is older than, as old as or newer than `right`. */
export function compareVersions(left: string, right: string): -1 | 0 | 1 {
  const lefts = splitVersion(left)
  const rights = splitVersion(right)
  for (let at = 0; at < lefts.length || at < rights.length; at++) {
    const one = lefts[at] ?? ""
    const other = rights[at] ?? ""
    if (isOlder(one, other)) return -1
    if (isOlder(other, one)) return 1
  }
  return 0
}

/** Name and version of `hello-2.12.3`: the version starts after the first dash that no letter follows. */
export function parseDrvName(full: string): { name: string; version: string } {
  const dash = full.search(/-[^A-Za-z]/)
  return dash < 0 ? { name: full, version: "" } : { name: full.slice(0, dash), version: full.slice(dash + 1) }
}

function isOlder(left: string, right: string): boolean {
  const one = smallNumber(left)
  const other = smallNumber(right)
  if (one !== undefined && other !== undefined) return one < other
  if (left === "" && other !== undefined) return true
  if (left === "pre" && right !== "pre") return true
  if (right === "pre") return false
  if (other !== undefined) return true
  if (one !== undefined) return false
  return left < right
}

// A run of digits beyond 32 bits counts as letters.
function smallNumber(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined
  const value = Number(text)
  return value <= 0x7fffffff ? value : undefined
}
