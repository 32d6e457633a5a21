// From the text of a flake reference to its attributes.
//
// Source of the forms: the Nix manual, `nix flake` (Flake references), and what `builtins.parseFlakeRef` of Nix 2.34 says
// of each; test/fleet/flake-ref.test.ts holds the table. Texts are byte strings.

import { canonicalPath } from "../../eval/index.js"
import {
  BadUrl,
  checkFlakeRef,
  type FlakeRef,
  FlakeRefError,
  forges,
  gitSwitches,
  isBranch,
  revision,
} from "./flake-ref.js"
import {
  type FlakeUrl,
  parseFlakeUrl,
  parseQuery,
  percentDecode,
  printFlakeUrl,
  queryShape,
} from "./flake-url.js"

export interface RefSettings {
  /** Folder that relative paths start from. Without one they are refused, unless `keepRelative`. */
  readonly baseDir?: string
  /** Relative paths stay as they are: in flake.nix they are relative to that flake. */
  readonly keepRelative?: boolean
  /** Whether a plain URL means an archive to unpack (the default) or one file. */
  readonly wantsTree?: boolean
}

export interface RefWithFragment {
  readonly ref: FlakeRef
  /** The part behind `#`, decoded: an attribute path. */
  readonly fragment: string
}

/** The attributes of a reference. @throws FlakeRefError */
export function parseFlakeRef(text: string, settings: RefSettings = {}): FlakeRef {
  const { ref, fragment } = parseFlakeRefWithFragment(text, settings)
  if (fragment !== "")
    throw new FlakeRefError(`unexpected fragment '${fragment}' in flake reference '${text}'`)
  return ref
}

/** As `parseFlakeRef`, for a text that may also name an attribute. @throws FlakeRefError */
export function parseFlakeRefWithFragment(text: string, settings: RefSettings = {}): RefWithFragment {
  return fromText(text, settings) ?? fromPath(text, settings)
}

/** Whether a text is no URL and no name of the registry, so that it is read as a path, however odd. @throws FlakeRefError */
export function isPathRef(text: string): boolean {
  return fromText(text, {}) === undefined
}

/** The reference that a URL or a name of the registry is; undefined for a path. */
function fromText(text: string, settings: RefSettings): RefWithFragment | undefined {
  const isIndirect = /^[a-zA-Z][a-zA-Z0-9_-]*(\/[a-zA-Z0-9@_.+/-]*)?(#.*)?$/s.test(text)
  const url = parseFlakeUrl(isIndirect ? `flake:${text}` : text)
  if (url === undefined && isIndirect) throw new FlakeRefError(`flake reference '${text}' is invalid`)
  try {
    if (url !== undefined) return fromFlakeUrl(url, settings)
  } catch (error) {
    if (isIndirect || !(error instanceof BadUrl)) throw error
  }
  return undefined
}

/** The attributes of a source that is named by a URL and nothing else, as for `fetchTree`. @throws FlakeRefError */
export function parseSourceUrl(url: FlakeUrl): FlakeRef {
  return fromUrl(url, true)
}

function fromFlakeUrl(url: FlakeUrl, settings: RefSettings): RefWithFragment {
  const ref = fromUrl(withoutDirOf(url), settings.wantsTree ?? true)
  return { ref: withDir(ref, url.query), fragment: url.fragment }
}

/** `dir` belongs to the flake, not to the source, so every kind of reference has it. */
function withDir(ref: FlakeRef, query: ReadonlyMap<string, string>): FlakeRef {
  const dir = query.get("dir") ?? ""
  return dir === "" ? ref : { ...ref, dir }
}

function withoutDirOf(url: FlakeUrl): FlakeUrl {
  return { ...url, query: new Map([...url.query].filter(([name]) => name !== "dir")) }
}

/** @throws BadUrl for a URL that is malformed for its scheme */
function fromUrl(url: FlakeUrl, wantsTree: boolean): FlakeRef {
  const scheme = url.scheme
  if (scheme === "flake") return fromIndirect(url)
  if (scheme === "path") return fromPathUrl(url)
  if (forges.has(scheme)) return fromForge(url)
  if (scheme === "git" || /^git\+(git|https?|ssh|file)$/.test(scheme)) return fromGit(url)
  if (/^hg\+(https?|ssh|file)$/.test(scheme)) return fromMercurial(url)
  const archive = /^(?:(tarball|file)\+)?(https?|file)$/.exec(scheme)
  if (archive === null) throw new FlakeRefError(`input '${printFlakeUrl(url)}' is unsupported`)
  const isTree = archive[1] === undefined ? wantsTree || hasArchiveName(url) : archive[1] === "tarball"
  return fromArchive(url, archive[2], isTree ? "tarball" : "file")
}

function hasArchiveName({ segments }: FlakeUrl): boolean {
  return /\.(zip|tar|tgz|tar\.(gz|xz|bz2|zst))$/.test(segments.join("/"))
}

/** `flake:ID`, `flake:ID/REF`, `flake:ID/REV`, `flake:ID/REF/REV`. */
function fromIndirect(url: FlakeUrl): FlakeRef {
  const [id, first, second, ...others] = url.segments.filter(segment => segment !== "")
  const text = printFlakeUrl(url)
  if (id === undefined || others.length > 0) throw new BadUrl(`GitHub URL '${text}' is invalid`)
  const ref = checkFlakeRef({ type: "indirect", id })
  if (first === undefined) return ref
  if (second === undefined && revision.test(first)) return { ...ref, rev: first }
  if (!isBranch(first)) {
    const wanted = second === undefined ? "a commit hash or branch/tag name" : "a branch/tag name"
    throw new BadUrl(`in flake URL '${text}', '${first}' is not ${wanted}`)
  }
  if (second === undefined) return { ...ref, ref: first }
  if (revision.test(second)) return { ...ref, ref: first, rev: second }
  throw new BadUrl(`in flake URL '${text}', '${second}' is not a commit hash`)
}

function fromPathUrl(url: FlakeUrl): FlakeRef {
  const text = printFlakeUrl(url)
  if (url.authority !== undefined && url.authority !== "")
    throw new FlakeRefError(`path URL '${text}' should not have an authority ('${url.authority}')`)
  const path = url.segments.join("/").replace(/\/{2,}/g, "/")
  const ref: Record<string, string | number> = { type: "path", path: path || "/" }
  for (const [name, value] of [...url.query].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name === "rev" || name === "narHash") ref[name] = value
    else if (name === "revCount" || name === "lastModified") ref[name] = numberIn(value, text, name)
    else throw new FlakeRefError(`path URL '${text}' has unsupported parameter '${name}'`)
  }
  return ref
}

function numberIn(value: string, text: string, name: string): number {
  if (/^[0-9]+$/.test(value)) return Number(value)
  throw new FlakeRefError(`path URL '${text}' has invalid parameter '${name}'`)
}

/** `github:OWNER/REPO/REF-OR-REV?host=..&narHash=..`; whatever else the query says does not count. */
function fromForge(url: FlakeUrl): FlakeRef {
  const [owner, repo, ...rest] = url.segments.filter(segment => segment !== "")
  if (owner === undefined || repo === undefined) throw new BadUrl(`URL '${printFlakeUrl(url)}' is invalid`)
  const named = rest.join("/")
  const ref: Record<string, string> = { type: url.scheme, owner, repo }
  if (named !== "") ref[rest.length === 1 && revision.test(named) ? "rev" : "ref"] = named
  for (const [name, what] of forgeVersions) {
    const value = url.query.get(name)
    if (value === undefined) continue
    if (ref[name] !== undefined) throw new BadUrl(`URL '${printFlakeUrl(url)}' contains multiple ${what}`)
    ref[name] = value
  }
  for (const name of ["host", "narHash"]) {
    const value = url.query.get(name)
    if (value !== undefined) ref[name] = value
  }
  return checkFlakeRef(ref)
}

const forgeVersions = [
  ["ref", "branch/tag names"],
  ["rev", "commit hashes"],
] as const

const gitTexts = new Set(["rev", "ref", "keytype", "publicKey", "publicKeys"])

/** `git+https://..`: parameters for git become attributes, the rest of the query stays in the URL. */
function fromGit(url: FlakeUrl): FlakeRef {
  const ref: Record<string, string | boolean> = { type: "git" }
  const rest = new Map<string, string>()
  for (const [name, value] of url.query) {
    if (gitTexts.has(name)) ref[name] = value
    else if (gitSwitches.has(name)) ref[name] = value === "1"
    else rest.set(name, value)
  }
  if (ref.ref !== undefined && !isBranch(String(ref.ref)))
    throw new BadUrl(`invalid Git branch/tag name '${ref.ref}'`)
  if (url.authority === undefined && url.scheme !== "git+file") {
    const text = printFlakeUrl({ ...url, query: rest })
    throw new BadUrl(`SCP-like URL '${text}' is not supported; use SSH URL syntax instead (ssh://...)`)
  }
  return { ...ref, url: printFlakeUrl({ ...url, scheme: url.scheme.replace(/^git\+/, ""), query: rest }) }
}

function fromMercurial(url: FlakeUrl): FlakeRef {
  const ref: Record<string, string> = { type: "hg" }
  const query = new Map<string, string>()
  for (const [name, value] of url.query) {
    if (name === "rev" || name === "ref") ref[name] = value
    else query.set(name, value)
  }
  return { ...ref, url: printFlakeUrl({ ...url, scheme: url.scheme.slice("hg+".length), query }) }
}

/** An archive or a file: known facts in the query become attributes, the rest is left to the server. */
function fromArchive(url: FlakeUrl, scheme: string, kind: "tarball" | "file"): FlakeRef {
  const ref: Record<string, string | number> = { type: kind }
  const rest = new Map<string, string>()
  for (const [name, value] of url.query) {
    if (name === "narHash" || name === "rev") ref[name] = value
    else if (name === "revCount" || name === "lastModified") {
      if (/^[0-9]+$/.test(value)) ref[name] = Number(value)
    } else if (name !== "unpack") rest.set(name, value)
  }
  return { ...ref, url: printFlakeUrl({ ...url, scheme, query: rest }) }
}

/** `/a/b?dir=c#attr`, `./b`: a path as people write it, without encoding. */
function fromPath(text: string, settings: RefSettings): RefWithFragment {
  const match = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text)
  const [path, query, fragment] = [match?.[1] ?? "", match?.[2] ?? "", match?.[3] ?? ""]
  if (!queryShape.test(query)) throw new FlakeRefError(`invalid URI query '${query}': leftover`)
  const full = fullPath(path, text, settings)
  const url = { scheme: "path", authority: "", segments: full.split("/"), query: parseQuery(query) }
  const facts = fromPathUrl(withoutDirOf({ ...url, fragment: "" }))
  return { ref: withDir({ ...facts, path: full }, url.query), fragment: percentDecode(fragment) }
}

function fullPath(path: string, text: string, settings: RefSettings): string {
  if (path.startsWith("/") || settings.keepRelative) return path
  if (settings.baseDir !== undefined) return canonicalPath(`${settings.baseDir}/${path}`)
  throw new FlakeRefError(`flake reference '${text}' is not an absolute path`)
}
