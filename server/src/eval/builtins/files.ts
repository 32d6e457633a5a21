// Builtins on paths and files, and importing.

import { coreFiles, coreFolder } from "../core-files.js"
import { importDerivation, isDerivation } from "../derivations/import-derivation.js"
import { linkAbove, withoutLinks } from "../derivations/links.js"
import { during, EvalError, ownUp } from "../errors/error.js"
import { attemptIO, type Evaluator } from "../evaluator.js"
import { coerce, coerceToPath } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import type { FileKind } from "../io.js"
import { baseName, canonicalPath, dirName } from "../path.js"
import { isString, withContext } from "../values/context.js"
import { type Slot, Tag } from "../values/heap.js"
import { internShape, type Shape } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import {
  type Attrs,
  attrsSlot,
  type BuiltinRow,
  type Lazy,
  type NixList,
  NixPath,
  unbox,
  type Value,
} from "../values/value.js"

const PATH = intern("path")
const PREFIX = intern("prefix")

/** What there is in a folder, as a set: the shape of its names, and the kinds in their order. */
interface FolderSet {
  readonly shape: Shape
  readonly kinds: Int32Array
}

/** By what `readDir` gave, which is the same as long as a folder does not change: nixpkgs lists 25,000 names each time. */
const folderSets = new WeakMap<ReadonlyMap<string, FileKind>, FolderSet>()

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

export const fileBuiltins: Readonly<Record<string, BuiltinRow>> = {
  baseNameOf: {
    args: ["x"],
    strict: 1,
    doc: "Return the last component of a path or string.",
    call: (ev, x) => {
      const { text, context } = coerce(ev, force(ev, x), {}, 0)
      return withContext(baseName(text), context)
    },
  },
  dirOf: {
    args: ["s"],
    strict: 1,
    doc: "Return all but the last component of a path or string.",
    call: (ev, s) => {
      const value = force(ev, s)
      if (value instanceof NixPath) return new NixPath(dirName(value.path))
      const { text, context } = coerce(ev, value, {}, 0)
      return withContext(dirName(text), context)
    },
  },
  findFile: {
    args: ["search-path", "lookup-path"],
    strict: 2,
    doc: "Find a file in a search path, a list of `{ prefix, path }`.",
    call: (ev, searchPath, lookupPath) => findFile(ev, ev.list(searchPath), lookupPath),
  },
  import: {
    args: ["path"],
    strict: 1,
    doc: "Evaluate the Nix file at `path` (of a folder, its `default.nix`) and return its value.",
    call: (ev, path) => {
      const file = readable(ev, path)
      return isDerivation(ev, file) ? importDerivation(ev, file) : ev.import(file)
    },
  },
  pathExists: {
    args: ["path"],
    strict: 1,
    doc: "Return `true` if there is something at `path`.",
    call: (ev, path) => {
      const value = force(ev, path)
      const raw = built(ev, value)
      const wantsFolder = isString(value) && (raw.endsWith("/") || raw.endsWith("/."))
      return exists(ev, canonicalPath(raw), wantsFolder)
    },
  },
  readDir: {
    args: ["path"],
    strict: 1,
    doc: "Return the names in a folder, each with its kind: `regular`, `directory`, `symlink` or `unknown`.",
    slots: (ev, path) => folder(attemptIO(() => ev.io.readDir(linked(ev, readable(ev, unbox(path)))))),
  },
  readFile: {
    args: ["path"],
    strict: 1,
    doc: "Return the content of a file as a string.",
    call: (ev, path) => {
      const text = ev.readFile(linked(ev, readable(ev, path)))
      if (text.includes("\0"))
        return ev.fail(
          "invalid-value",
          `the contents of the file '${textPath(ev, path)}' cannot be represented as a Nix string`,
        )
      return text
    },
  },
  readFileType: {
    args: ["p"],
    strict: 1,
    doc: "Return the kind of what is at a path: `regular`, `directory`, `symlink` or `unknown`.",
    call: (ev, p) => {
      const path = readable(ev, p)
      const link = linkAbove(ev.io, path)
      if (link !== undefined) return ev.fail("invalid-path", `path '${link}' is a symlink`)
      const kind = ev.io.kindOf(path)
      if (kind !== undefined) return kind
      // Whoever reads files knows why: it may be there, and nobody may see it.
      ev.readFile(path)
      return ev.fail("file-not-found", `path '${path}' does not exist`)
    },
  },
  scopedImport: {
    args: ["scope", "path"],
    strict: 2,
    doc: "As `import`, but the attributes of `scope` are variables in the file.",
    call: (ev, scope, path) => {
      const file = readable(ev, path)
      return ev.scopedImport(ev.attrs(scope), file)
    },
  },
  toPath: {
    args: ["s"],
    strict: 1,
    doc: "Deprecated: `./. + s` makes a path. Return a string that is an absolute path, in canonical form.",
    call: (ev, s) => {
      const { path, context } = coerceToPath(ev, force(ev, s), 0)
      return withContext(canonicalPath(path), context)
    },
  },
}

/** A path that is about to be read. */
function readable(ev: Evaluator, place: Lazy): string {
  return canonicalPath(built(ev, place))
}

/** Where the links at a path lead: what is missing there is what a message names. */
function linked(ev: Evaluator, path: string): string {
  const kind = ev.io.kindOf(path)
  return kind === "symlink" || kind === undefined ? withoutLinks(ev.io, path) : path
}

/** The same as it is written. */
function built(ev: Evaluator, place: Lazy): string {
  const { path, context } = coerceToPath(ev, force(ev, place), 0)
  for (const element of context) ev.requireBuilt(element)
  return path
}

function textPath(ev: Evaluator, place: Lazy): string {
  return coerceToPath(ev, force(ev, place), 0).path
}

function exists(ev: Evaluator, path: string, wantsFolder: boolean): boolean {
  const kind = ev.io.kindOf(path)
  if (!wantsFolder) return kind !== undefined
  return (
    kind === "directory" || (kind === "symlink" && ev.io.kindOf(withoutLinks(ev.io, path)) === "directory")
  )
}

function searchEntry(ev: Evaluator, entry: Attrs): { readonly prefix: string; readonly path: string } {
  const [prefix, path] = [entry.get(PREFIX), entry.get(PATH)]
  const written = prefix === undefined ? "" : ownAttribute("prefix", () => ev.text(prefix))
  if (path === undefined)
    throw during(
      new EvalError("missing-attribute", "attribute 'path' missing"),
      "in an element of the __nixPath",
      0,
    )
  const value = force(ev, path)
  return { prefix: written, path: ownAttribute("path", () => coerce(ev, value, {}, 0).text) }
}

function ownAttribute<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const what = `while evaluating the \`${name}\` attribute of an element of the list passed to builtins.findFile`
    throw ownUp(error, what, 0)
  }
}

/** Pure evaluation knows no time, which is how it can be told here. */
function isPure({ io }: Evaluator): boolean {
  return io.currentTime === undefined
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(path)
}

/** Once in an evaluation, an entry that is not there is told of when it would have been searched. */
function warnIfMissing(ev: Evaluator, path: string, root: string): void {
  if (ev.missingEntries.has(path) || ev.io.kindOf(canonicalPath(root)) !== undefined) return
  ev.missingEntries.add(path)
  ev.io.trace(`warning: Nix search path entry '${path}' does not exist, ignoring`)
}

/** An entry is shown as it was given, and starts from the folder of whoever evaluates. */
function absoluteEntry({ io }: Evaluator, path: string): string {
  return path.startsWith("/") || isUrl(path) || io.folder === undefined ? path : `${io.folder}/${path}`
}

/** `<name/rest>`: the first entry whose prefix is the beginning of the name and which holds the rest. */
function findFile(ev: Evaluator, searchPath: NixList, lookupPath: Lazy): Value {
  const entries = searchPath.map(place => searchEntry(ev, ev.attrs(place)))
  const name = ev.text(lookupPath)
  for (const { prefix, path } of entries) {
    if (prefix !== "" && name !== prefix && !name.startsWith(`${prefix}/`)) continue
    const rest = prefix === "" ? `/${name}` : name.slice(prefix.length)
    const root = absoluteEntry(ev, path)
    const candidate = withoutLinks(ev.io, canonicalPath(root + rest))
    if (ev.io.kindOf(candidate) !== undefined) return new NixPath(candidate)
    if (!isPure(ev) && !isUrl(path)) warnIfMissing(ev, path, root)
  }
  const core = name.replace(/^nix\//, `${coreFolder}/`)
  if (coreFiles.has(core)) return new NixPath(core)
  const message = isPure(ev)
    ? `cannot look up '<${name}>' in pure evaluation mode (use '--impure' to override)`
    : `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`
  return ev.fail("throw", message)
}
