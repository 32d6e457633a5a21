// Names in the Nix store: how they are computed from what they hold, checked and taken apart.
//
// A store path is `STORE/DIGEST-NAME`. The digest is a SHA-256, folded to 20 bytes, of a fingerprint
// `KIND:REFERENCES:HASH:STORE:NAME`, so that the same content in another store has another name. Nothing here asks
// whether a path exists. All texts are byte strings.

import { decodeBase32, encodeBase32, firstNonBase32 } from "./base32.js"
import { StoreError } from "./error.js"
import { compressHash, type Hash, printPrefixedHash, sha256, sha256Hex } from "./hash.js"

/** Where the store is unless the caller says otherwise. */
export const defaultStoreDir = "/nix/store"

/** The base-32 digits before the dash. */
const digestLength = 32

const maxNameLength = 211

/** How the hash of a content-addressed path was taken: of the file, of the archive, of a text or of a git tree. */
export type ContentMethod = "flat" | "nar" | "text" | "git"

/** What a content-addressed path may refer to: other store paths, and itself. */
export interface References {
  readonly others: Iterable<string>
  readonly self: boolean
}

const noReferences: References = { others: [], self: false }

/**
 * The path of `name` with the given fingerprint parts. `innerHash` is printed with its algorithm, `sha256:...`.
 * @throws StoreError for a name that the store does not allow
 */
function makeStorePath(kind: string, innerHash: string, name: string, storeDir: string): string {
  const fingerprint = sha256(`${kind}:${innerHash}:${storeDir}:${name}`)
  const base = `${encodeBase32(compressHash(fingerprint))}-${name}`
  const wrong = nameProblem(name)
  if (wrong !== undefined) throw new StoreError(`path '${base}' is not a valid store path: ${wrong}`)
  return `${storeDir}/${base}`
}

/** The path of a text that `builtins.toFile` or a derivation writes. `references` in any order. @throws StoreError */
export function textPath(
  name: string,
  contents: string | Uint8Array,
  references: Iterable<string>,
  storeDir = defaultStoreDir,
): string {
  const kind = kindWithReferences("text", { others: references, self: false })
  return makeStorePath(kind, `sha256:${sha256Hex(contents)}`, name, storeDir)
}

/** The path of a copied tree: what `nix-store --add` prints, given the SHA-256 of its archive. @throws StoreError */
export function sourcePath(name: string, narHash: Hash, storeDir = defaultStoreDir): string {
  return contentPath(name, "nar", narHash, noReferences, storeDir)
}

/**
 * The path of content whose hash is known: a fixed output, a tree or a text. Only archives hashed with SHA-256 and
 * texts may have references.
 * @throws StoreError
 */
export function contentPath(
  name: string,
  method: ContentMethod,
  hash: Hash,
  references: References = noReferences,
  storeDir = defaultStoreDir,
): string {
  if (method === "git" && hash.algorithm !== "sha1" && hash.algorithm !== "sha256")
    throw new StoreError(
      `Git file ingestion must use SHA-1 or SHA-256 hash, but instead using: ${hash.algorithm}`,
    )
  if (method === "text" && hash.algorithm !== "sha256")
    throw new StoreError(`text must be hashed with SHA-256, but instead using: ${hash.algorithm}`)
  if (method === "text")
    return makeStorePath(kindWithReferences("text", references), printPrefixedHash(hash), name, storeDir)
  if (method === "nar" && hash.algorithm === "sha256")
    return makeStorePath(kindWithReferences("source", references), printPrefixedHash(hash), name, storeDir)
  if (references.self || [...references.others].length > 0)
    throw new StoreError(`fixed output derivation '${name}' is not allowed to refer to other store paths`)
  const inner = `fixed:out:${methodPrefix(method)}${printPrefixedHash(hash)}:`
  return makeStorePath("output:out", `sha256:${sha256Hex(inner)}`, name, storeDir)
}

/** The path of one output of an input-addressed derivation, given its hash in base 16. @throws StoreError */
export function outputPath(
  derivationName: string,
  output: string,
  derivationHash: string,
  storeDir: string,
): string {
  const name = outputPathName(derivationName, output)
  return makeStorePath(`output:${output}`, `sha256:${derivationHash}`, name, storeDir)
}

/** `hello` for the output `out`, `hello-dev` for `dev`. */
export function outputPathName(derivationName: string, output: string): string {
  return output === "out" ? derivationName : `${derivationName}-${output}`
}

/** How a method is written before an algorithm in a derivation: `r:sha256` is the SHA-256 of an archive. */
export function methodPrefix(method: ContentMethod): string {
  if (method === "nar") return "r:"
  return method === "flat" ? "" : `${method}:`
}

/** Says in Nix's words what is wrong with the name of a store path, or undefined. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "name must not be empty"
  if (name.length > maxNameLength) return `name '${name}' must be no longer than ${maxNameLength} characters`
  if (name === "." || name === "..") return `name '${name}' is not valid`
  const dots = /^(\.\.?)-/.exec(name)
  if (dots !== null)
    return `name '${name}' is not valid: first dash-separated component must not be '${dots[1]}'`
  const illegal = /[^0-9A-Za-z+\-._?=]/.exec(name)
  return illegal === null ? undefined : `name '${name}' contains illegal character '${illegal[0]}'`
}

/** A store path taken apart. */
export interface StorePathParts {
  /** The 32 base-32 digits. */
  readonly digest: string
  readonly name: string
}

/** Takes `DIGEST-NAME` apart. @throws StoreError with Nix's message */
function parseStoreBaseName(base: string): StorePathParts {
  if (base.length < digestLength + 1) throw new StoreError(`'${base}' is too short to be a valid store path`)
  const digest = base.slice(0, digestLength)
  const illegal = firstNonBase32(digest)
  if (illegal !== undefined)
    throw new StoreError(`store path '${base}' contains illegal base-32 character '${illegal}'`)
  // Like Nix, which never looks at the character between the digest and the name.
  const name = base.slice(digestLength + 1)
  const wrong = nameProblem(name)
  if (wrong !== undefined) throw new StoreError(`path '${base}' is not a valid store path: ${wrong}`)
  return { digest, name }
}

/** Takes a whole store path apart. @throws StoreError if it lies elsewhere, goes deeper or has a wrong name */
export function parseStorePath(path: string, storeDir = defaultStoreDir): StorePathParts {
  if (!isInStore(path, storeDir) || path.indexOf("/", storeDir.length + 1) >= 0)
    throw new StoreError(`path '${path}' is not in the Nix store`)
  return parseStoreBaseName(path.slice(storeDir.length + 1))
}

/** Whether `path` is a store path itself, not something inside of one. */
export function isStorePath(path: string, storeDir = defaultStoreDir): boolean {
  if (!isInStore(path, storeDir)) return false
  const base = path.slice(storeDir.length + 1)
  const name = base.slice(digestLength + 1)
  return firstNonBase32(base.slice(0, digestLength)) === undefined && nameProblem(name) === undefined
}

/** Whether `path` lies somewhere below the store directory. */
export function isInStore(path: string, storeDir: string): boolean {
  return path.length > storeDir.length + 1 && path.startsWith(`${storeDir}/`)
}

/** `/nix/store/DIGEST-NAME/a/b` as its store path and `/a/b`. @throws StoreError if there is no store path in front */
export function splitStorePath(
  path: string,
  storeDir = defaultStoreDir,
): { storePath: string; rest: string } {
  if (!isInStore(path, storeDir)) throw new StoreError(`path '${path}' is not in the Nix store`)
  const slash = path.indexOf("/", storeDir.length + 1)
  const end = slash < 0 ? path.length : slash
  parseStoreBaseName(path.slice(storeDir.length + 1, end))
  return { storePath: path.slice(0, end), rest: path.slice(end) }
}

/**
 * What an output is called while its path is not yet known: the builder's own name for it, and what the environment of
 * a floating derivation holds.
 */
export function placeholder(output: string): string {
  return `/${encodeBase32(sha256(`nix-output:${output}`))}`
}

/** What dependants write for an output of `drvPath` whose path is only known after building. @throws StoreError */
export function upstreamPlaceholder(drvPath: string, output: string, storeDir = defaultStoreDir): string {
  const { digest, name } = parseStorePath(drvPath, storeDir)
  const outputName = outputPathName(name.replace(/\.drv$/, ""), output)
  return `/${encodeBase32(sha256(`nix-upstream-output:${digest}:${outputName}`))}`
}

/** What is written for an output of a derivation that is itself an output known as `upstream` (`builtins.outputOf`). */
export function dynamicPlaceholder(upstream: string, output: string): string {
  const hash = decodeBase32(upstream.slice(1))
  if (hash === undefined) throw new StoreError(`'${upstream}' is not a placeholder`)
  const digest = encodeBase32(compressHash(hash))
  return `/${encodeBase32(sha256(`nix-computed-output:${digest}:${output}`))}`
}

function kindWithReferences(kind: string, references: References): string {
  const sorted = [...references.others].sort()
  if (references.self) sorted.push("self")
  return [kind, ...sorted].join(":")
}
