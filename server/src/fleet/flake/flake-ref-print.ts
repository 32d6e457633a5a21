// Flake references as text, the way Nix prints them: `printFlakeRef(parseFlakeRef(text))` is `text` in its normal form.

import { printHash } from "../../store/index.js"
import { checkFlakeRef, type FlakeRef, FlakeRefError, narHashOf } from "./flake-ref.js"
import { parseFlakeUrl, percentEncode, printFlakeUrl, printQuery } from "./flake-url.js"

/** The text of a reference. @throws FlakeRefError for a set that is none */
export function printFlakeRef(attrs: FlakeRef): string {
  const ref = checkFlakeRef(attrs)
  const query = new Map<string, string>()
  if (ref.dir !== undefined && ref.dir !== "") query.set("dir", String(ref.dir))
  switch (ref.type) {
    case "indirect":
      return `flake:${joined([ref.id, ref.ref, ref.rev])}${printQuery(query)}`
    case "path":
      copy(ref, ["narHash", "rev", "revCount", "lastModified"], query)
      return `path:${percentEncode(String(ref.path), ":@/")}${printQuery(query)}`
    case "git":
      return printGit(ref, query)
    case "hg":
      copy(ref, ["ref", "rev"], query)
      return printTransport("hg+", String(ref.url), query)
    case "tarball":
    case "file":
      copyHash(ref, query)
      return printTransport("", String(ref.url), query)
    default:
      copy(ref, ["host"], query)
      copyHash(ref, query)
      return `${ref.type}:${joined([ref.owner, ref.repo, ref.rev ?? ref.ref])}${printQuery(query)}`
  }
}

/** The reference for people: what is wanted, without what is only known of it. Never throws. */
export function shown(ref: FlakeRef): string {
  const { narHash: _, lastModified: __, revCount: ___, ...rest } = ref
  try {
    return printFlakeRef(rest)
  } catch (error) {
    if (error instanceof FlakeRefError) return JSON.stringify(rest)
    throw error
  }
}

function printGit(ref: FlakeRef, query: Map<string, string>): string {
  copy(ref, ["rev", "ref", "keytype", "publicKey", "publicKeys"], query)
  for (const name of ["shallow", "submodules", "lfs", "exportIgnore", "verifyCommit"])
    if (ref[name] === true) query.set(name, "1")
  return printTransport("git+", String(ref.url), query)
}

/** A URL with a prefix to its scheme and more in its query. What is no URL is the path of a repository. */
function printTransport(prefix: string, text: string, query: ReadonlyMap<string, string>): string {
  const url = parseFlakeUrl(text) ?? parseFlakeUrl(`file:${percentEncode(text, ":@/")}`)
  if (url === undefined) throw new FlakeRefError(`'${text}' is not a valid URL`)
  const scheme = url.scheme === "git" ? "git" : `${prefix}${url.scheme}`
  return printFlakeUrl({ ...url, scheme, query: new Map([...url.query, ...query]) })
}

function copy(ref: FlakeRef, names: readonly string[], query: Map<string, string>): void {
  for (const name of names) {
    const value = ref[name]
    if (value !== undefined) query.set(name, String(value))
  }
}

/** A path says its hash as it was told, and these as it is. */
function copyHash(ref: FlakeRef, query: Map<string, string>): void {
  const hash = narHashOf(ref)
  if (hash !== undefined) query.set("narHash", printHash(hash, "sri"))
}

/** Each part is one segment of the path, slashes in it encoded. */
function joined(parts: readonly (string | number | boolean | undefined)[]): string {
  return parts
    .filter(part => part !== undefined)
    .map(part => percentEncode(String(part), ":@"))
    .join("/")
}
