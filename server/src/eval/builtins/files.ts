// Builtins on paths and files, and importing.

import { type ContentMethod, contentPath, parseHash } from "../../store/index.js"
import { apply } from "../call.js"
import { coerce, coerceToPath } from "../coerce.js"
import { isString, withContext } from "../context.js"
import { coreFiles, coreFolder } from "../core-files.js"
import { attemptIO, type Evaluator } from "../evaluator.js"
import { force } from "../force.js"
import type { FileKind } from "../io.js"
import { baseName, canonicalPath, dirName } from "../path.js"
import { intern, nameOf } from "../symbol.js"
import { attrsOf, type BuiltinRow, type Lazy, NixPath, type Value } from "../value.js"

const [PATH, NAME, FILTER, RECURSIVE, SHA256, PREFIX] = [
  "path",
  "name",
  "filter",
  "recursive",
  "sha256",
  "prefix",
].map(intern)

const pathAttributes = new Set(["path", "name", "filter", "recursive", "sha256"])

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
  filterSource: {
    args: ["e1", "e2"],
    doc: "Copy the folder `e2` to the store without what the predicate `e1` (of a path and its kind) rejects.",
    call: (ev, filter, path) => {
      const source = built(ev, path)
      return addPath(ev, {
        path: source,
        name: baseName(source),
        filter: ev.fn(filter),
        method: "nar",
        sha256: undefined,
      })
    },
  },
  findFile: {
    args: ["search-path", "lookup-path"],
    strict: 2,
    doc: "Find a file in a search path, a list of `{ prefix, path }`.",
    call: (ev, searchPath, lookupPath) => findFile(ev, searchPath, ev.text(lookupPath)),
  },
  import: {
    args: ["path"],
    strict: 1,
    doc: "Evaluate the Nix file at `path` (of a folder, its `default.nix`) and return its value.",
    call: (ev, path) => ev.import(readable(ev, path)),
  },
  path: {
    args: ["args"],
    strict: 1,
    doc: "Copy `path` to the store, with a `name`, a `filter`, `recursive` or not, checked against `sha256`.",
    call: pathBuiltin,
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
    call: (ev, path) => attrsOf(attemptIO(() => ev.io.readDir(readable(ev, path)))),
  },
  readFile: {
    args: ["path"],
    strict: 1,
    doc: "Return the content of a file as a string.",
    call: (ev, path) => {
      const text = ev.readFile(readable(ev, path))
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
    call: (ev, scope, path) => ev.scopedImport(ev.attrs(scope), readable(ev, path)),
  },
  storePath: {
    args: ["path"],
    strict: 1,
    doc: "Return a path of the store as a string that depends on it.",
    call: (ev, path) => {
      if (ev.io.currentTime === undefined)
        return ev.fail("restricted", "'builtins.storePath' is not allowed in pure evaluation mode")
      const { path: text, context } = coerceToPath(ev, force(ev, path), 0)
      return withContext(text, new Set([...context, text]))
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
  return kind === "directory" || (kind === "symlink" && ev.io.kindOf(`${path}/.`) === "directory")
}

interface Addition {
  readonly path: string
  readonly name: string
  readonly filter: Value | undefined
  readonly method: ContentMethod
  readonly sha256: string | undefined
}

function pathBuiltin(ev: Evaluator, args: Lazy): Value {
  const settings = ev.attrs(args)
  const unknown = Array.from(settings.shape.keys, nameOf).find(name => !pathAttributes.has(name))
  if (unknown !== undefined)
    return ev.fail("invalid-value", `unsupported argument '${unknown}' to 'builtins.path'`)
  const given = settings.get(PATH)
  if (given === undefined)
    return ev.fail(
      "missing-attribute",
      "missing required 'path' attribute in the first argument to 'builtins.path'",
    )
  const path = built(ev, given)
  const [name, filter, recursive, sha256] = [NAME, FILTER, RECURSIVE, SHA256].map(symbol =>
    settings.get(symbol),
  )
  return addPath(ev, {
    path,
    name: name === undefined ? baseName(path) : ev.text(name),
    filter: filter === undefined ? undefined : ev.fn(filter),
    method: recursive === undefined || ev.bool(recursive) ? "nar" : "flat",
    sha256: sha256 === undefined ? undefined : ev.text(sha256),
  })
}

function addPath(ev: Evaluator, addition: Addition): Value {
  const storePath = attemptIO(() => storePathOf(ev, addition))
  return withContext(storePath, new Set([storePath]))
}

function storePathOf(ev: Evaluator, { path, name, filter, method, sha256 }: Addition): string {
  const source = canonicalPath(path)
  if (sha256 !== undefined)
    return contentPath(name, method, parseHash(sha256, "sha256"), undefined, ev.io.storeDir)
  if (method === "flat") return ev.store.addFlat(name, source)
  if (filter === undefined) return ev.store.add(name, source)
  return ev.store.add(name, source, (entry, kind) =>
    ev.bool(apply(ev, filter, [`${source}/${entry}`, kind satisfies FileKind], 0)),
  )
}

/** `<name/rest>`: the first entry whose prefix is the beginning of the name and which holds the rest. */
function findFile(ev: Evaluator, searchPath: Lazy, name: string): Value {
  for (const place of ev.list(searchPath)) {
    const entry = ev.attrs(place)
    const prefixPlace = entry.get(PREFIX)
    const pathPlace = entry.get(PATH)
    if (pathPlace === undefined) return ev.fail("missing-attribute", "attribute 'path' missing")
    const prefix = prefixPlace === undefined ? "" : ev.text(prefixPlace)
    if (prefix !== "" && name !== prefix && !name.startsWith(`${prefix}/`)) continue
    const rest = prefix === "" ? `/${name}` : name.slice(prefix.length)
    const candidate = canonicalPath(coerce(ev, force(ev, pathPlace), {}, 0).text + rest)
    if (ev.io.kindOf(candidate) !== undefined) return new NixPath(candidate)
  }
  const core = name.replace(/^nix\//, `${coreFolder}/`)
  if (coreFiles.has(core)) return new NixPath(core)
  // Pure evaluation knows no time, which is how it can be told here.
  const message =
    ev.io.currentTime === undefined
      ? `cannot look up '<${name}>' in pure evaluation mode (use '--impure' to override)`
      : `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`
  return ev.fail("throw", message)
}
