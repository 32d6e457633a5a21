// Flake references: the text that names a source (`github:NixOS/nixpkgs/nixos-unstable`, `path:../lib?dir=x`) and the set
// of attributes it stands for, which is what flake.lock holds and all else here works with.
//
// Here: what may be in such a set, and when two mean the same. flake-ref-parse.ts reads the texts, flake-ref-print.ts writes
// them.

import { type Hash, parseHashAllowEmpty, parseSri, StoreError } from "../../store/index.js"
import { parseFlakeUrl, printFlakeUrl } from "./flake-url.js"

/** The attributes of a reference. `type` says what kind it is; `dir` is the folder of the flake in its source. */
export type FlakeRef = Readonly<Record<string, string | number | boolean>>

/** A text that is no flake reference, in Nix's words. */
export class FlakeRefError extends Error {}

/** One that its scheme refuses: where a path may stand too, Nix then takes the text for one. */
export class BadUrl extends FlakeRefError {}

/** A reference given as attributes, checked. @throws FlakeRefError */
export function checkFlakeRef(attrs: FlakeRef): FlakeRef {
  const { dir: _, ...source } = attrs
  checkText(attrs, "dir")
  checkSource(source)
  return attrs
}

/** Whether there is such a kind of reference. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(attributesOf, type)
}

/** A source given as attributes, checked: a reference without the folder of a flake, since there may be none. @throws FlakeRefError */
export function checkSource(attrs: FlakeRef): FlakeRef {
  const { type: kind, ...others } = attrs
  if (kind === undefined)
    throw new FlakeRefError("'type' attribute to specify input scheme is required but not provided")
  checkText(attrs, "type")
  const known = attributesOf[String(kind)]
  if (known === undefined) throw new FlakeRefError(`cannot show unsupported input '${jsonOf(attrs)}'`)
  const isKnown = (name: string) => known.needed.includes(name) || known.more.includes(name)
  const strange = Object.keys(others)
    .sort()
    .find(name => !isKnown(name))
  if (strange !== undefined)
    throw new FlakeRefError(`input attribute '${strange}' not supported by scheme '${kind}'`)
  if (kind === "git") checkGit(attrs)
  for (const name of known.needed) {
    if (attrs[name] === undefined) throw new FlakeRefError(`input attribute '${name}' is missing`)
    checkText(attrs, name)
  }
  if (kind === "indirect" && !flakeId.test(String(attrs.id)))
    throw new BadUrl(`'${attrs.id}' is not a valid flake ID`)
  if (kind !== "path" && kind !== "tarball" && kind !== "file") checkVersion(attrs)
  for (const name of ["revCount", "lastModified"])
    if (attrs[name] !== undefined && typeof attrs[name] !== "number")
      throw new FlakeRefError(`input attribute '${name}' is not an integer`)
  return attrs
}

function checkGit(attrs: FlakeRef): void {
  checkText(attrs, "ref")
  if (attrs.ref !== undefined && !isBranch(String(attrs.ref)))
    throw new BadUrl(`invalid Git branch/tag name '${attrs.ref}'`)
  for (const name of gitSwitches)
    if (attrs[name] !== undefined && typeof attrs[name] !== "boolean")
      throw new FlakeRefError(`input attribute '${name}' is not a Boolean`)
}

/** `ref` and `rev`, of which a forge takes only one. A path keeps what it is told. */
function checkVersion(attrs: FlakeRef): void {
  checkText(attrs, "ref")
  checkText(attrs, "rev")
  if (forges.has(String(attrs.type)) && attrs.rev !== undefined && attrs.ref !== undefined)
    throw new BadUrl(
      `input ${jsonOf(attrs)} contains both a commit hash ('${attrs.rev}') and a branch/tag name ('${attrs.ref}')`,
    )
  if (attrs.rev !== undefined) checkRevision(String(attrs.rev))
  if (!forges.has(String(attrs.type))) return
  if (attrs.ref !== undefined && !isBranch(String(attrs.ref)))
    throw new BadUrl(`input ${jsonOf(attrs)} contains an invalid branch/tag name`)
  if (attrs.host !== undefined && !/^[a-zA-Z0-9.-]*$/.test(String(attrs.host)))
    throw new BadUrl(`input ${jsonOf(attrs)} contains an invalid instance host`)
}

function checkText(attrs: FlakeRef, name: string): void {
  if (attrs[name] !== undefined && typeof attrs[name] !== "string")
    throw new FlakeRefError(`input attribute '${name}' is not a string ${jsonOf(attrs)}`)
}

/** As messages show a reference: in the order of names. */
function jsonOf(attrs: FlakeRef): string {
  return JSON.stringify(Object.fromEntries(Object.entries(attrs).sort(([a], [b]) => (a < b ? -1 : 1))))
}

const flakeId = /^[a-zA-Z][a-zA-Z0-9_-]*$/
export const revision = /^[0-9a-fA-F]{40}$/
const branch = /^[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*$/
// What git refuses in the name of a branch although its characters are allowed.
const badBranch = /\/\/|\.\.|\/\.|\.lock$|\.lock\/|\/$|\.$|@\{|^@$/

interface Attributes {
  readonly needed: readonly string[]
  readonly more: readonly string[]
}

const forge: Attributes = {
  needed: ["owner", "repo"],
  more: ["ref", "rev", "host", "narHash", "lastModified", "treeHash"],
}

const archive: Attributes = {
  needed: ["url"],
  more: ["narHash", "rev", "revCount", "lastModified", "name", "unpack"],
}

/** By kind of reference, beside `type`. */
const attributesOf: Readonly<Record<string, Attributes>> = {
  indirect: { needed: ["id"], more: ["ref", "rev", "narHash"] },
  path: { needed: ["path"], more: ["rev", "revCount", "lastModified", "narHash"] },
  git: {
    needed: ["url"],
    more: [
      ...["ref", "rev", "revCount", "lastModified", "narHash", "name", "dirtyRev", "dirtyShortRev"],
      ...["shallow", "submodules", "lfs", "exportIgnore", "allRefs"],
      ...["verifyCommit", "keytype", "publicKey", "publicKeys"],
    ],
  },
  hg: { needed: ["url"], more: ["ref", "rev", "revCount", "narHash", "name"] },
  tarball: archive,
  file: archive,
  github: forge,
  gitlab: forge,
  sourcehut: forge,
}

/** Hosts of repositories that have a scheme of their own. */
export const forges = new Set(["github", "gitlab", "sourcehut"])

/** What a git reference may switch on. */
export const gitSwitches = new Set([
  "shallow",
  "submodules",
  "lfs",
  "exportIgnore",
  "allRefs",
  "verifyCommit",
])

/** Whether git would take a text as the name of a branch or tag. */
export function isBranch(text: string): boolean {
  return branch.test(text) && !badBranch.test(text)
}

/** Of a path, which keeps what it is told until it is fetched. */
export function checkPathRevision(ref: FlakeRef): void {
  checkText(ref, "rev")
  if (ref.rev !== undefined) checkRevision(String(ref.rev))
}

/** @throws FlakeRefError for a text that is no full revision */
export function checkRevision(rev: string): void {
  if (!revision.test(rev)) throw new FlakeRefError(`hash '${rev}' has wrong length for hash algorithm 'sha1'`)
}

/** Whether a reference names one state of its source for ever. */
export function isLocked(ref: FlakeRef): boolean {
  return ref.narHash !== undefined || (ref.rev !== undefined && ref.type !== "indirect")
}

/** Whether the two mean the same, whatever the order of their attributes. */
export function sameRef(a: FlakeRef, b: FlakeRef): boolean {
  const [left, right] = [canonical(a), canonical(b)]
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every(name => left[name] === right[name])
}

// Old versions of Nix wrote `?dir=` into the URL of a locked git input as well.
function canonical(ref: FlakeRef): FlakeRef {
  const url = typeof ref.url === "string" ? parseFlakeUrl(ref.url) : undefined
  const dir = url?.query.get("dir")
  if (url === undefined || dir === undefined || dir !== ref.dir) return ref
  const query = new Map(url.query)
  query.delete("dir")
  return { ...ref, url: printFlakeUrl({ ...url, query }) }
}

/** The path of a path reference that is relative to whoever says it; undefined for every other reference. */
export function relativePath(ref: FlakeRef): string | undefined {
  return ref.type === "path" && typeof ref.path === "string" && !ref.path.startsWith("/")
    ? ref.path
    : undefined
}

/** The hash of the archive of a source, where the reference knows it. @throws FlakeRefError for one that is none */
export function narHashOf(ref: FlakeRef): Hash | undefined {
  checkText(ref, "narHash")
  if (ref.narHash === undefined) return undefined
  const hash = ref.narHash === "" ? parseHashAllowEmpty("", "sha256") : sriHash(String(ref.narHash))
  if (hash.algorithm !== "sha256") throw new FlakeRefError("narHash must use SHA-256")
  return hash
}

function sriHash(text: string): Hash {
  try {
    return parseSri(text)
  } catch (error) {
    throw error instanceof StoreError ? new FlakeRefError(error.message) : error
  }
}
