// Builtins about the surroundings of an evaluation: the environment, the search path.

import { corePath } from "../core-files.js"
import { withoutLinks } from "../derivations/links.js"
import { during, EvalError, missingAttribute, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { coerce } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { isPure } from "../io.js"
import { canonicalPath } from "../path.js"
import { intern } from "../values/symbol.js"
import { type Attrs, type BuiltinRow, type Lazy, type NixList, NixPath, type Value } from "../values/value.js"
import { channelUrl } from "./fetchers.js"

const PATH = intern("path")
const PREFIX = intern("prefix")

export const worldBuiltins: Readonly<Record<string, BuiltinRow>> = {
  findFile: {
    args: ["search-path", "lookup-path"],
    strict: true,
    doc: "Find a file in a search path, a list of `{ prefix, path }`.",
    call: (ev, searchPath, lookupPath) => findFile(ev, ev.list(searchPath), lookupPath),
  },
  getEnv: {
    args: ["s"],
    strict: true,
    doc: "Return the value of an environment variable; in pure evaluation, and for one that is not set, the empty string.",
    call: (ev, s) => ev.io.getEnv(ev.text(s)),
  },
}

/** `<name/rest>`: the first entry whose prefix is the beginning of the name and which holds the rest. */
function findFile(ev: Evaluator, searchPath: NixList, lookupPath: Lazy): Value {
  const entries = searchPath.map(place => searchEntry(ev, ev.attrs(place)))
  const name = ev.text(lookupPath)
  for (const { prefix, path } of entries) {
    if (prefix !== "" && name !== prefix && !name.startsWith(`${prefix}/`)) continue
    const rest = prefix === "" ? `/${name}` : name.slice(prefix.length)
    const root = rootOf(ev, path)
    if (root === undefined) continue
    const candidate = withoutLinks(ev.io, canonicalPath(root + rest))
    if (ev.io.kindOf(candidate) !== undefined) return new NixPath(candidate)
  }
  // Whether it is there is seen when it is read.
  if (name.startsWith("nix/")) return new NixPath(corePath(name.slice("nix/".length)))
  const message = isPure(ev.io)
    ? `cannot look up '<${name}>' in pure evaluation mode (use '--impure' to override)`
    : `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`
  return ev.fail("throw", message)
}

function searchEntry(ev: Evaluator, entry: Attrs): { readonly prefix: string; readonly path: string } {
  const [prefix, path] = [entry.get(PREFIX), entry.get(PATH)]
  const written = prefix === undefined ? "" : ownAttribute("prefix", () => ev.text(prefix))
  if (path === undefined) throw during(missingAttribute("path"), "in an element of the __nixPath", 0)
  const value = force(ev, path)
  const { text, context } = ownAttribute("path", () => coerce(ev, value, {}, 0))
  for (const element of context) ev.requireBuilt(element)
  return { prefix: written, path: text }
}

function ownAttribute<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const what = `while evaluating the \`${name}\` attribute of an element of the list passed to builtins.findFile`
    throw ownUp(error, what, 0)
  }
}

/** The folder that an entry of a search path stands for; undefined for one that is not there, which is told once per evaluation. */
function rootOf(ev: Evaluator, entry: string): string | undefined {
  if (isPure(ev.io)) return absolute(ev, entry)
  if (!ev.searchRoots.has(entry)) ev.searchRoots.set(entry, findRoot(ev, entry))
  return ev.searchRoots.get(entry)
}

/** An entry is a path, the URL of an archive, or `flake:` with a reference. @throws EvalError for a flake that cannot be had */
function findRoot(ev: Evaluator, entry: string): string | undefined {
  const { io } = ev
  const warn = (what: string) => io.trace(`warning: Nix search path entry '${entry}' ${what}, ignoring`)
  if (isArchive(entry))
    try {
      return io.fetch({ kind: "tarball", attrs: { url: channelUrl(entry), name: "source" } }).storePath
    } catch (error) {
      if (!(error instanceof EvalError)) throw error
      warn("cannot be downloaded")
    }
  if (entry.startsWith("flake:")) {
    const { dir: _, ...attrs } = io.flakes.parseFlakeRef(entry.slice("flake:".length))
    return io.fetch({ kind: "tree", attrs }).storePath
  }
  const root = absolute(ev, entry)
  if (io.kindOf(canonicalPath(root)) !== undefined) return root
  warn("does not exist")
  return undefined
}

function isArchive(entry: string): boolean {
  return /^(?:channel:|(?:https?|file|git|s3|ssh):\/\/)/.test(entry)
}

/** An entry is relative to the folder of the evaluation. */
function absolute({ io }: Evaluator, entry: string): string {
  return entry.startsWith("/") || io.folder === undefined ? entry : `${io.folder}/${entry}`
}
