// Keeps the code of files on disk between runs: reading, parsing and encoding nixpkgs is a third of a first evaluation.
//
// Each bundle has one image (eval/code/code-image.ts) in Canopy's cache folder. The image identifies files by what the file system
// says about them, so a file that changed is never found in it. It is written whole and renamed into place, so that two processes
// may write at once, and read as far as it is wanted. An image that cannot be read or written costs time and nothing else.

import { createHash } from "node:crypto"
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { CodeCache, type ImageBytes, markBeginning, restoreCodeImage, writeCodeImage } from "../eval/index.js"
import { cacheFolder } from "./cache-folder.js"
import { KeptFolders } from "./kept-folders.js"
import { KeptTrees } from "./kept-trees.js"
import { unlessRefused } from "./unless-refused.js"
import { writeWhole } from "./whole-file.js"

/** Bytes of newly encoded text that make it worth writing the image again. */
const WORTH_WRITING = 256 * 1024
/** A larger image is deleted: most of it is code of files that are gone. */
const IMAGE_LIMIT = 192 * 2 ** 20

/** Bytes that the images of all builds may take together. */
const FOLDER_LIMIT = 256 * 2 ** 20
const MONTH_MS = 30 * 24 * 3600 * 1000
/** Newly listed entries of folders that make it worth writing them again. */
const MANY_ENTRIES = 1000

export interface KeptCode {
  readonly code: CodeCache
  readonly folders: KeptFolders
  readonly trees: KeptTrees
  /** Writes what is new to disk, if that is worth it. Throws nothing that the file system refuses. */
  save(): void
}

/**
 * Reads what earlier runs of a bundle have kept. To be called once per thread, before anything is evaluated.
 * @param bundle path of the running bundle, by which builds are told apart
 */
export function openKeptCode(bundle: string): KeptCode {
  markBeginning()
  const code = new CodeCache()
  const build = buildOf(bundle)
  const file = imageFile(bundle)
  const image = unlessRefused("read", () => openSync(file, "r"))
  if (image !== undefined && !restoreCodeImage(build, bytesOfFile(image), code)) closeSync(image)
  const foldersFile = join(dirname(file), "folders")
  const folders = new KeptFolders(unlessRefused("read", () => readFileSync(foldersFile, "latin1")) ?? "")
  const treesFile = join(dirname(file), "trees")
  const trees = new KeptTrees(unlessRefused("read", () => readFileSync(treesFile, "latin1")) ?? "")
  return {
    code,
    folders,
    trees,
    save() {
      if (code.added >= WORTH_WRITING) {
        code.added = 0
        unlessRefused("write", () => writeImage(file, writeCodeImage(build, code)))
      }
      if (folders.added >= MANY_ENTRIES) {
        folders.added = 0
        unlessRefused("write", () => writeWhole(foldersFile, [Buffer.from(folders.text(), "latin1")]))
      }
      if (trees.added > 0) {
        trees.added = 0
        unlessRefused("write", () => writeWhole(treesFile, [Buffer.from(trees.text(), "latin1")]))
      }
    },
  }
}

function buildOf(bundle: string): string {
  const { size, mtimeMs } = statSync(bundle)
  return `${process.arch} ${size} ${mtimeMs}`
}

function imageFile(bundle: string): string {
  const where = createHash("sha256").update(dirname(bundle)).digest("hex").slice(0, 8)
  return join(cacheFolder(), "code", `${basename(bundle, ".js")}-${where}.image`)
}

/** The bytes of an open file, which stays open: another process may put a new image in its place. */
function bytesOfFile(handle: number): ImageBytes {
  const { size } = fstatSync(handle)
  return {
    size,
    read(at, count) {
      if (at + count > size) return undefined
      const bytes = Buffer.allocUnsafe(count)
      const got = unlessRefused("read", () => readSync(handle, bytes, 0, count, at))
      return got === count ? bytes : undefined
    },
  }
}

function writeImage(file: string, parts: readonly Uint8Array[]): void {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  if (size > IMAGE_LIMIT) return rmSync(file, { force: true })
  writeWhole(file, parts)
  prune(dirname(file), file)
}

/** Removes files of other builds: those not written for a month, and the oldest ones while there is too much. */
function prune(folder: string, newest: string): void {
  const files = readdirSync(folder)
    .map(name => join(folder, name))
    .filter(file => file !== newest)
    .map(file => ({ file, stat: statSync(file) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
  let total = 0
  for (const { file, stat } of files) {
    total += stat.size
    if (total > FOLDER_LIMIT || Date.now() - stat.mtimeMs > MONTH_MS) rmSync(file, { force: true })
  }
}
