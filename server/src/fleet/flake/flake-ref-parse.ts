// From the text of a flake reference to its attributes.
//
// Source of the forms: the Nix manual, `nix flake` (Flake references), and what `builtins.parseFlakeRef` of Nix 2.34 says
// of each; test/fleet/flake-ref.test.ts holds the table. Texts are byte strings.

import { canonicalPath } from "../../eval/index.js"
import {
  checkRevision,
  type FlakeRef,
  FlakeRefError,
  flakeId,
  forges,
  gitSwitches,
  isBranch,
  revision,
} from "./flake-ref.js"
import { type FlakeUrl, parseFlakeUrl, parseQuery, percentDecode, printFlakeUrl } from "./flake-url.js"

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

/** The attributes of a reference. Throws FlakeRefError. */
export function parseFlakeRef(text: string, settings: RefSettings = {}): FlakeRef {
  const { ref, fragment } = parseFlakeRefWithFragment(text, settings)
  if (fragment !== "")
    throw new FlakeRefError(`unexpected fragment '${fragment}' in flake reference '${text}'`)
  return ref
}

/** As `parseFlakeRef`, for a text that may also name an attribute. Throws FlakeRefError. */
export function parseFlakeRefWithFragment(text: string, settings: RefSettings = {}): RefWithFragment {
  const isIndirect = /^[a-zA-Z][a-zA-Z0-9_-]*(\/[a-zA-Z0-9@_.+/-]*)?(#.*)?$/s.test(text)
  const url = parseFlakeUrl(isIndirect ? `flake:${text}` : text)
  const ref = url === undefined ? undefined : fromUrl(url, text, settings.wantsTree ?? true)
  if (url !== undefined && ref !== undefined) return { ref: withDir(ref, url.query), fragment: url.fragment }
  if (isIndirect) throw new FlakeRefError(`flake reference '${text}' is invalid`)
  return fromPath(text, settings)
}

/** `dir` belongs to the flake, not to the source, so every kind of reference has it. */
function withDir(ref: FlakeRef, query: ReadonlyMap<string, string>): FlakeRef {
  const dir = query.get("dir") ?? ""
  return dir === "" ? ref : { ...ref, dir }
}

/** Undefined for a URL that is malformed for its scheme: Nix then tries the text as a path. */
function fromUrl(url: FlakeUrl, text: string, wantsTree: boolean): FlakeRef | undefined {
  const scheme = url.scheme
  if (scheme === "flake") return fromIndirect(url, text)
  if (scheme === "path") return fromPathUrl(url)
  if (forges.has(scheme)) return fromForge(url)
  if (scheme === "git" || /^git\+(git|https?|ssh|file)$/.test(scheme)) return fromGit(url)
  if (/^hg\+(https?|ssh|file)$/.test(scheme)) return fromMercurial(url)
  const archive = /^(?:(tarball|file)\+)?(https?|file)$/.exec(scheme)
  if (archive === null) throw new FlakeRefError(`input '${printFlakeUrl(withoutDirOf(url))}' is unsupported`)
  const isTree = archive[1] === undefined ? wantsTree || hasArchiveName(url) : archive[1] === "tarball"
  return fromArchive(url, archive[2], isTree ? "tarball" : "file")
}

function withoutDirOf(url: FlakeUrl): FlakeUrl {
  return { ...url, query: new Map([...url.query].filter(([name]) => name !== "dir")) }
}

function hasArchiveName({ segments }: FlakeUrl): boolean {
  return /\.(zip|tar|tgz|tar\.(gz|xz|bz2|zst))$/.test(segments.join("/"))
}

/** `flake:ID`, `flake:ID/REF`, `flake:ID/REV`, `flake:ID/REF/REV`. */
function fromIndirect(url: FlakeUrl, text: string): FlakeRef | undefined {
  const [id, first, second, ...others] = url.segments.filter(segment => segment !== "")
  if (id === undefined || !flakeId.test(id)) return undefined
  if (others.length > 0) {
    if (text.startsWith("flake:")) return undefined
    throw new FlakeRefError(`GitHub URL 'flake:${text}' is invalid`)
  }
  const ref: Record<string, string> = { type: "indirect", id }
  if (first === undefined) return ref
  if (second === undefined && revision.test(first)) return { ...ref, rev: first }
  if (!isBranch(first))
    throw new FlakeRefError(
      `in flake URL 'flake:${text.replace(/^flake:/, "")}', '${first}' is not a commit hash or branch/tag name`,
    )
  if (second === undefined) return { ...ref, ref: first }
  if (revision.test(second)) return { ...ref, ref: first, rev: second }
  if (text.startsWith("flake:")) return undefined
  throw new FlakeRefError(
    `in flake URL 'flake:${text.replace(/^flake:/, "")}', '${second}' is not a commit hash`,
  )
}

function fromPathUrl(url: FlakeUrl): FlakeRef {
  const text = printFlakeUrl(withoutDirOf(url))
  if (url.authority !== undefined && url.authority !== "")
    throw new FlakeRefError(`path URL '${text}' should not have an authority ('${url.authority}')`)
  const path = url.segments.join("/").replace(/\/{2,}/g, "/")
  const ref: Record<string, string | number> = { type: "path", path: path || "/" }
  for (const [name, value] of [...url.query].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name === "rev" || name === "narHash") ref[name] = value
    else if (name === "revCount" || name === "lastModified") ref[name] = numberIn(value, text, name)
    else if (name !== "dir") throw new FlakeRefError(`path URL '${text}' has unsupported parameter '${name}'`)
  }
  return ref
}

function numberIn(value: string, text: string, name: string): number {
  if (/^[0-9]+$/.test(value)) return Number(value)
  throw new FlakeRefError(`path URL '${text}' has invalid parameter '${name}'`)
}

/** `github:OWNER/REPO/REF-OR-REV?host=..&narHash=..`; whatever else the query says does not count. */
function fromForge(url: FlakeUrl): FlakeRef | undefined {
  const [owner, repo, ...rest] = url.segments.filter(segment => segment !== "")
  if (owner === undefined || repo === undefined) return undefined
  const named = rest.join("/")
  const ref: Record<string, string> = { type: url.scheme, owner, repo }
  if (revision.test(named)) ref.rev = named
  else if (isBranch(named)) ref.ref = named
  else if (named !== "") return undefined
  const branchName = url.query.get("ref")
  const rev = url.query.get("rev")
  if (branchName !== undefined && !isBranch(branchName)) return undefined
  if (branchName !== undefined) {
    if (ref.ref !== undefined || ref.rev !== undefined) return undefined
    ref.ref = branchName
  }
  if (rev !== undefined) {
    if (ref.ref !== undefined || ref.rev !== undefined) return undefined
    checkRevision(rev)
    ref.rev = rev
  }
  for (const name of ["host", "narHash"]) {
    const value = url.query.get(name)
    if (value !== undefined) ref[name] = value
  }
  return ref
}

const gitTexts = new Set(["rev", "ref", "keytype", "publicKey", "publicKeys"])

/** `git+https://..`: parameters for git become attributes, the rest of the query stays in the URL. */
function fromGit(url: FlakeUrl): FlakeRef | undefined {
  if (url.authority === undefined && url.scheme !== "git+file") return undefined
  const ref: Record<string, string | boolean> = { type: "git" }
  const rest = new Map<string, string>()
  for (const [name, value] of url.query) {
    if (gitTexts.has(name)) ref[name] = value
    else if (gitSwitches.has(name)) ref[name] = value === "1"
    else if (name !== "dir") rest.set(name, value)
  }
  if (ref.ref !== undefined && !isBranch(String(ref.ref))) return undefined
  return { ...ref, url: printFlakeUrl({ ...url, scheme: url.scheme.replace(/^git\+/, ""), query: rest }) }
}

function fromMercurial(url: FlakeUrl): FlakeRef {
  const ref: Record<string, string> = { type: "hg" }
  const query = new Map<string, string>()
  for (const [name, value] of url.query) {
    if (name === "rev" || name === "ref") ref[name] = value
    else if (name !== "dir") query.set(name, value)
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
    } else if (name !== "dir" && name !== "unpack") rest.set(name, value)
  }
  return { ...ref, url: printFlakeUrl({ ...url, scheme, query: rest }) }
}

/** `/a/b?dir=c#attr`, `./b`: a path as people write it, without encoding. */
function fromPath(text: string, settings: RefSettings): RefWithFragment {
  const match = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text)
  const [path, query, fragment] = [match?.[1] ?? "", match?.[2] ?? "", match?.[3] ?? ""]
  const full = fullPath(path, text, settings)
  const url = { scheme: "path", authority: "", segments: full.split("/"), query: parseQuery(query) }
  const facts = fromPathUrl({ ...url, fragment: "" })
  return { ref: withDir({ ...facts, path: full }, url.query), fragment: percentDecode(fragment) }
}

function fullPath(path: string, text: string, settings: RefSettings): string {
  if (path.startsWith("/") || settings.keepRelative) return path
  if (settings.baseDir !== undefined) return canonicalPath(`${settings.baseDir}/${path}`)
  throw new FlakeRefError(`flake reference '${text}' is not an absolute path`)
}
