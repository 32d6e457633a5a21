// Builtins about the surroundings of an evaluation: the environment, the search path.

import { corePath } from "../core-files.js"
import { withoutLinks } from "../derivations/links.js"
import { during, missingAttribute, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { coerce } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { isPure } from "../io.js"
import { canonicalPath } from "../path.js"
import { intern } from "../values/symbol.js"
import { type Attrs, type BuiltinRow, type Lazy, type NixList, NixPath, type Value } from "../values/value.js"

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
    const root = absoluteEntry(ev, path)
    const candidate = withoutLinks(ev.io, canonicalPath(root + rest))
    if (ev.io.kindOf(candidate) !== undefined) return new NixPath(candidate)
    if (!isPure(ev.io) && !isUrl(path)) warnIfMissing(ev, path, root)
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

function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(path)
}

/** Warns once per evaluation about a missing entry, when it would have been searched. */
function warnIfMissing(ev: Evaluator, path: string, root: string): void {
  if (ev.missingEntries.has(path) || ev.io.kindOf(canonicalPath(root)) !== undefined) return
  ev.missingEntries.add(path)
  ev.io.trace(`warning: Nix search path entry '${path}' does not exist, ignoring`)
}

/** An entry is shown as it was given, and is relative to the folder of the evaluation. */
function absoluteEntry({ io }: Evaluator, path: string): string {
  return path.startsWith("/") || isUrl(path) || io.folder === undefined ? path : `${io.folder}/${path}`
}
