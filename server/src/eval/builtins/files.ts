// Builtins on paths and files, and importing.

import { coreFolder, pathText, shownPath } from "../core-files.js"
import { importDerivation, isDerivation } from "../derivations/import-derivation.js"
import { linkAbove } from "../derivations/links.js"
import type { Evaluator } from "../evaluator.js"
import { coerce, coerceToCleanPath } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { attemptIO, type FileKind } from "../io.js"
import { baseName, canonicalPath, dirName } from "../path.js"
import { isString, textOf, withContext } from "../values/context.js"
import { type Slot, Tag } from "../values/heap.js"
import { internShape, type Shape } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import { attrsSlot, type BuiltinRow, NixPath, unbox } from "../values/value.js"
import { linkedAbove, linkedPath, realisedPath } from "./realise.js"

export const fileBuiltins: Readonly<Record<string, BuiltinRow>> = {
  baseNameOf: {
    args: ["x"],
    strict: true,
    doc: "Return the last component of a path or string.",
    call: (ev, x) => {
      const { text, context } = coerce(ev, force(ev, x), {}, 0)
      return withContext(baseName(text), context)
    },
  },
  dirOf: {
    args: ["s"],
    strict: true,
    doc: "Return all but the last component of a path or string.",
    call: (ev, s) => {
      const value = force(ev, s)
      if (value instanceof NixPath)
        return value.path === coreFolder ? value : new NixPath(dirName(value.path))
      const { text, context } = coerce(ev, value, {}, 0)
      return withContext(dirName(text), context)
    },
  },
  import: {
    args: ["path"],
    strict: true,
    doc: "Evaluate the Nix file at `path` (of a folder, its `default.nix`) and return its value.",
    call: (ev, path) => {
      const file = realisedPath(ev, path)
      return isDerivation(ev, file) ? importDerivation(ev, file) : ev.import(file)
    },
  },
  pathExists: {
    args: ["path"],
    strict: true,
    doc: "Return `true` if there is something at `path`.",
    call: (ev, path) => {
      const value = force(ev, path)
      const wantsFolder = isString(value) && /\/\.?$/.test(textOf(value))
      if (wantsFolder) return kindOf(ev, linkedPath(ev, value)) === "directory"
      return kindOf(ev, linkedAbove(ev, value)) !== undefined
    },
  },
  readDir: {
    args: ["path"],
    strict: true,
    doc: "Return the names in a folder, each with its kind: `regular`, `directory`, `symlink` or `unknown`.",
    slots: (ev, path) => folder(attemptIO(() => ev.io.readDir(linkedPath(ev, unbox(path))))),
  },
  readFile: {
    args: ["path"],
    strict: true,
    doc: "Return the content of a file as a string.",
    call: (ev, path) => {
      const file = linkedPath(ev, path)
      const text = ev.files.read(file)
      if (text.includes("\0"))
        return ev.fail(
          "invalid-value",
          `the contents of the file '${shownPath(file)}' cannot be represented as a Nix string`,
        )
      return text
    },
  },
  readFileType: {
    args: ["p"],
    strict: true,
    doc: "Return the kind of what is at a path: `regular`, `directory`, `symlink` or `unknown`.",
    call: (ev, p) => {
      const path = canonicalPath(realisedPath(ev, p))
      const link = linkAbove(ev.io, path)
      if (link !== undefined) return ev.fail("invalid-path", `path '${link}' is a symlink`)
      const kind = kindOf(ev, path)
      if (kind !== undefined) return kind
      // Whoever reads files knows why: it may be there, and nobody may see it.
      attemptIO(() => ev.io.readFile(path))
      return ev.fail("file-not-found", `path '${shownPath(path)}' does not exist`)
    },
  },
  scopedImport: {
    args: ["scope", "path"],
    doc: "As `import`, but the attributes of `scope` are variables in the file.",
    call: (ev, scope, path) => {
      const file = realisedPath(ev, path)
      return ev.scopedImport(ev.attrs(scope), file)
    },
  },
  toPath: {
    args: ["s"],
    strict: true,
    doc: "Deprecated: `./. + s` makes a path. Return a string that is an absolute path, in canonical form.",
    call: (ev, s) => {
      const { path, context } = coerceToCleanPath(ev, force(ev, s), 0)
      return withContext(pathText(path), context)
    },
  },
}

/** What cannot be asked for is no answer. */
function kindOf(ev: Evaluator, path: string): FileKind | undefined {
  const kind = ev.io.kindOf(path)
  if (kind === undefined && path.split("/").some(name => name.length > LONGEST_NAME))
    return ev.fail("file-not-found", `getting status of "${path}": File name too long`)
  return kind
}

/** What file systems allow, in bytes. */
const LONGEST_NAME = 255

/** What there is in a folder, as a set: the shape of its names, and the kinds in their order. */
interface FolderSet {
  readonly shape: Shape
  readonly kinds: Int32Array
}

/** By what `readDir` gave, which is the same as long as a folder does not change: nixpkgs lists 25,000 names each time. */
let folderSets = new WeakMap<ReadonlyMap<string, FileKind>, FolderSet>()

/** For when all shapes are forgotten. */
export function forgetFolders(): void {
  folderSets = new WeakMap()
}

function folder(entries: ReadonlyMap<string, FileKind>): Slot {
  let set = folderSets.get(entries)
  if (set === undefined) {
    set = folderSet(entries)
    folderSets.set(entries, set)
  }
  return attrsSlot(set.shape, set.kinds)
}

function folderSet(entries: ReadonlyMap<string, FileKind>): FolderSet {
  const keys = new Int32Array(entries.size)
  const kinds = new Int32Array(entries.size)
  let at = 0
  entries.forEach((kind, name) => {
    keys[at] = intern(name)
    kinds[at++] = (intern(kind) << 3) | Tag.Name
  })
  return { shape: internShape(keys, undefined), kinds }
}
