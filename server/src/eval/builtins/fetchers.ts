// Builtins that bring sources in. They only look where `EvalIO.fetch` looks; evaluation itself never waits for a network.

import { coerceToPath } from "../coerce.js"
import { isString, textOf, withContext } from "../context.js"
import type { Evaluator } from "../evaluator.js"
import { force } from "../force.js"
import type { FetchRequest } from "../io.js"
import { fromPlain, toPlain } from "../plain.js"
import { type Attrs, attrsOf, type BuiltinRow, type Lazy, NixPath, type Value } from "../value.js"

export const fetchBuiltins: Readonly<Record<string, BuiltinRow>> = {
  fetchGit: fetcher("git", "Fetch a Git repository: a URL, or a set with `url`, `rev`, `ref`, `submodules`."),
  fetchMercurial: fetcher("mercurial", "Fetch a Mercurial repository."),
  fetchTarball: {
    args: ["args"],
    strict: 1,
    doc: "Fetch and unpack a tarball: a URL, or a set with `url` and `sha256`. Returns the path of the unpacked tree.",
    call: (ev, args) => pathOf(fetch(ev, "tarball", args)),
  },
  fetchTree: fetcher(
    "tree",
    "Fetch a source that a set describes as a flake input does (`type`, `url`, `narHash`, ..).",
  ),
  fetchurl: {
    args: ["args"],
    strict: 1,
    doc: "Fetch one file: a URL, or a set with `url`, `sha256` and `name`. Returns its path.",
    call: (ev, args) => pathOf(fetch(ev, "file", args)),
  },
}

function fetcher(kind: FetchRequest["kind"], doc: string): BuiltinRow {
  return { args: ["args"], strict: 1, doc, call: (ev, args) => fetch(ev, kind, args) }
}

/** What was fetched, as `fetchTree` describes it. @throws EvalError `restricted` when it cannot be had */
function fetch(ev: Evaluator, kind: FetchRequest["kind"], args: Lazy): Attrs {
  const found = ev.io.fetch({ kind, attrs: request(ev, args) })
  if (typeof found === "string") return ev.fail("restricted", found)
  const outPath = withContext(found.storePath, new Set([found.storePath]))
  const facts = Object.entries(found.facts).map(([name, value]) => [name, fromPlain(value)] as const)
  return attrsOf([...facts, ["outPath", outPath]])
}

function request(ev: Evaluator, args: Lazy): Readonly<Record<string, unknown>> {
  const value = force(ev, args)
  if (isString(value)) return { url: textOf(value) }
  if (value instanceof NixPath) return { url: coerceToPath(ev, value, 0).path }
  const plain = toPlain(ev, ev.attrs(value))
  return plain as Readonly<Record<string, unknown>>
}

function pathOf(fetched: Attrs): Value {
  return fetched.values[fetched.size - 1] as Value
}
