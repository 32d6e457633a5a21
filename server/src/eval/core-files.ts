// Files that are part of Nix itself: `<nix/fetchurl.nix>`, a derivation that downloads, used before anything is built, and the text of
// `builtins.derivation`.

import { derivationText, fetchurlText } from "./core-texts.js"
import type { EvalIO, FileKind } from "./io.js"
import { baseName, canonicalPath } from "./path.js"
import { guillemets } from "./values/byte-text.js"

/** Where evaluation sees these files. To a program, it is the root of a separate file system. */
export const coreFolder = "/__corepkgs__"

const internalFolder = guillemets("nix-internal")

/** The name of the text of `derivation`, in which places of traces are. */
export const derivationFile = `${internalFolder}/derivation-internal.nix`

/** Texts by path. */
export const coreFiles: ReadonlyMap<string, string> = new Map([
  [`${coreFolder}/fetchurl.nix`, fetchurlText],
  [derivationFile, derivationText],
])

/** Whether a path is in this separate file system. */
export function isCorePath(path: string): boolean {
  return path.startsWith(coreFolder) && (path.length === coreFolder.length || path[coreFolder.length] === "/")
}

/** The path of `<nix/..>`. No `..` leads out of the separate file system. */
export function corePath(below: string): string {
  const path = canonicalPath(`/${below}`)
  return path === "/" ? coreFolder : coreFolder + path
}

/** How messages and values show a path. */
export function shownPath(path: string): string {
  if (!isCorePath(path)) return path
  return path === coreFolder ? "<nix/>" : `<nix${path.slice(coreFolder.length)}>`
}

/** A path converted to a string. */
export function pathText(path: string): string {
  return isCorePath(path) ? path.slice(coreFolder.length) || "/" : path
}

/** The shown form of a path, converted to a string. */
export function shownPathText(shown: string): string {
  if (shown === derivationFile) return shown.slice(internalFolder.length)
  return shown.startsWith("<nix/") ? shown.slice("<nix".length, -1) : shown
}

/** The name of a copy of a path; a root has no name of its own. */
export function copyName(path: string): string {
  return baseName(pathText(path)) || "source"
}

/** Adds the core files to `io`. */
export function withCoreFiles(io: EvalIO): EvalIO {
  return {
    ...io,
    kindOf: path => (isCorePath(path) ? coreKind(path) : io.kindOf(path)),
    readFile: path => (isOurs(path) ? coreReader.readFile(path) : io.readFile(path)),
    readBytes: path => (isOurs(path) ? Buffer.from(coreReader.readFile(path), "latin1") : io.readBytes(path)),
    stampOf: path => (isOurs(path) ? `core ${path}` : io.stampOf(path)),
    isExecutable: path => !isCorePath(path) && io.isExecutable(path),
    readDir: path => (isCorePath(path) ? coreEntries(path) : io.readDir(path)),
  }
}

function isOurs(path: string): boolean {
  return isCorePath(path) || path === derivationFile
}

function coreKind(path: string): FileKind | undefined {
  if (path === coreFolder) return "directory"
  return coreFiles.has(path) ? "regular" : undefined
}

/** Reads core files as `EvalIO` reads others. */
export const coreReader = {
  readFile(path: string): string {
    const text = coreFiles.get(path)
    if (text === undefined) throw new Error(`path '${shownPath(path)}' does not exist`)
    return text
  },
}

function coreEntries(path: string): ReadonlyMap<string, FileKind> {
  if (path === coreFolder) return new Map([["fetchurl.nix", "regular"]])
  const why = coreFiles.has(path) ? "is not a directory" : "does not exist"
  throw new Error(`file '${shownPath(path)}' ${why}`)
}
