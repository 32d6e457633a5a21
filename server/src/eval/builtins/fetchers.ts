// Builtins that fetch sources. Their arguments are checked here, in Nix's words. Where a source comes from, and whether the network
// may be used, is up to `EvalIO.fetch`.

import { nameProblem, printHash, StoreError } from "../../store/index.js"
import { writtenName } from "../../syntax/index.js"
import type { Span } from "../code/span.js"
import { promisedHash } from "../derivations/promised-hash.js"
import { duringAttribute, EvalError, orInvalidValue } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue } from "../formats/print.js"
import { coerce } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { isInteger } from "../interpreter/operators.js"
import type { FetchedTree, FetchRequest } from "../io.js"
import { baseName } from "../path.js"
import { isString, withContext } from "../values/context.js"
import { fromPlain } from "../values/plain.js"
import { Attrs, attrsOf, type BuiltinRow, type Lazy, NixPath, type Value } from "../values/value.js"

export const fetchBuiltins: Readonly<Record<string, BuiltinRow>> = {
  fetchGit: {
    args: ["args"],
    strict: true,
    doc:
      "Fetch a Git repository: a URL, a path, or a set with `url` and any of `rev`, `ref`, `name`, `shallow`, `submodules`, " +
      "`allRefs`, `exportIgnore`. Returns `outPath` with `rev`, `shortRev`, `revCount`, `lastModified`, `narHash`. " +
      "A path without `rev` and `ref` means the working tree as it is. Pure evaluation needs a `rev`.",
    call: (ev, args) => treeValue(ev.io.fetch({ kind: "git", attrs: treeAttributes(ev, args, "fetchGit") })),
  },
  fetchMercurial: {
    args: ["args"],
    strict: true,
    doc:
      "Fetch a Mercurial repository: a URL, or a set with `url`, `rev` (a revision, branch or tag) and `name`. Pure evaluation " +
      "needs a revision. Canopy finds what Nix has put into its store, and fetches nothing itself.",
    call: (ev, args) => treeValue(ev.io.fetch({ kind: "mercurial", attrs: mercurialAttributes(ev, args) })),
  },
  fetchTarball: {
    args: ["args"],
    strict: true,
    doc:
      "Fetch and unpack a tarball: a URL, or a set with `url`, `sha256` (of the unpacked tree) and `name`. Returns the path of the " +
      "tree; a single folder at the top of the archive is left out. Pure evaluation needs `sha256`; a tree that is in the store " +
      "already is not fetched again.",
    call: (ev, args) => fixedFetch(ev, "tarball", args),
  },
  fetchTree: {
    args: ["input"],
    strict: true,
    doc:
      "Fetch a source as flake inputs are fetched: a flake reference, or its attributes (`type` is one of `git`, `github`, " +
      "`gitlab`, `sourcehut`, `tarball`, `file`, `path`, `hg`). Returns `outPath` with all that is known of the source. Pure " +
      "evaluation needs one that is locked: by `rev` or `narHash`.",
    call: (ev, args) =>
      treeValue(ev.io.fetch({ kind: "tree", attrs: treeAttributes(ev, args, "fetchTree") })),
  },
  fetchurl: {
    args: ["arg"],
    strict: true,
    doc:
      "Fetch one file: a URL, or a set with `url`, `sha256` (of the file) and `name`. Returns its path. Pure evaluation needs " +
      "`sha256`; a file that is in the store already is not fetched again.",
    call: (ev, args) => fixedFetch(ev, "file", args),
  },
}

function treeValue({ storePath, facts }: FetchedTree): Value {
  const outPath = withContext(storePath, new Set([storePath]))
  const known = Object.entries(facts).map(([name, value]) => [name, fromPlain(value)] as const)
  return attrsOf([...known, ["outPath", outPath]])
}

type Attributes = Record<string, string | number | boolean>

/** `fetchTarball` and `fetchurl`. */
function fixedFetch(ev: Evaluator, kind: "tarball" | "file", args: Lazy): Value {
  const builtin = kind === "tarball" ? "fetchTarball" : "fetchurl"
  const value = force(ev, args)
  const given =
    value instanceof Attrs
      ? fixedAttributes(ev, value, builtin)
      : { url: textFor(ev, args, fixedParts.url, 0) }
  const url = kind === "tarball" ? channelUrl(given.url) : given.url
  const name = given.name ?? (kind === "tarball" ? "source" : baseName(url))
  const wrong = nameProblem(name)
  if (wrong !== undefined) {
    const advice =
      given.name !== undefined
        ? `Please change the value for the 'name' attribute passed to '${builtin}', so that it can create a valid store path.`
        : value instanceof Attrs
          ? `Please add a valid 'name' attribute to the argument for '${builtin}', so that it can create a valid store path.`
          : `Please pass an attribute set with 'url' and 'name' attributes to '${builtin}',  so that it can create a valid store path.`
    return ev.fail("invalid-value", `invalid store path name when fetching URL '${url}': ${wrong}. ${advice}`)
  }
  const { sha256 } = given
  const { storePath } = ev.io.fetch({
    kind,
    attrs: { url, name, ...(sha256 === undefined ? {} : { sha256 }) },
  })
  return withContext(storePath, new Set([storePath]))
}

const fixedParts = {
  url: "the url we should fetch",
  sha256: "the sha256 of the content we should fetch",
  name: "the name of the content we should fetch",
}

function fixedAttributes(
  ev: Evaluator,
  attrs: Attrs,
  builtin: string,
): { url: string; name?: string; sha256?: string } {
  const found: Record<string, string> = {}
  for (const [name, place, span] of entriesOf(attrs)) {
    if (name !== "url" && name !== "sha256" && name !== "name")
      return ev.fail("invalid-value", `unsupported argument '${name}' to '${builtin}'`)
    const text = textFor(ev, place, fixedParts[name], span)
    found[name] = name === "sha256" ? sri(ev, text) : text
  }
  const { url } = found
  return url === undefined ? ev.fail("invalid-value", "'url' argument required") : { ...found, url }
}

/** A hash in any form, in the form that does not depend on what it is for. */
function sri(ev: Evaluator, hash: string): string {
  return printHash(
    orInvalidValue(StoreError, () => promisedHash(ev, hash, "sha256")),
    "sri",
  )
}

/** `channel:NAME` as people write it in places where a tarball is wanted. */
export function channelUrl(url: string): string {
  return url.startsWith("channel:")
    ? `https://channels.nixos.org/${url.slice("channel:".length)}/nixexprs.tar.xz`
    : url
}

/** Attributes of `fetchTree` and `fetchGit`; a text or path becomes `url`. */
function treeAttributes(ev: Evaluator, args: Lazy, builtin: "fetchTree" | "fetchGit"): FetchRequest["attrs"] {
  const value = force(ev, args)
  if (!(value instanceof Attrs))
    return { url: gitOrPlain(ev, coerce(ev, value, { why: firstArgument(`'${builtin}'`) }, 0).text, builtin) }
  const found: Attributes = {}
  const entries = [...entriesOf(value)]
  for (const [name, place, span] of entries)
    if (name === "type") {
      if (builtin === "fetchGit") return ev.fail("invalid-value", "unexpected argument 'type'")
      const type = textFor(ev, place, `the \`type\` argument passed to '${builtin}'`, span)
      found.type = type
    }
  if (builtin === "fetchTree" && found.type === undefined)
    return ev.fail("missing-attribute", `argument 'type' is missing in call to '${builtin}'`)
  for (const [name, place] of entries)
    if (name !== "type") found[name] = treeAttribute(ev, name, place, builtin)
  if (builtin === "fetchTree" && found.name !== undefined)
    return ev.fail("invalid-value", `argument 'name' isn\xe2\x80\x99t supported in call to '${builtin}'`)
  return found
}

function firstArgument(builtin: string): string {
  return `while evaluating the first argument passed to ${builtin}`
}

function treeAttribute(
  ev: Evaluator,
  name: string,
  place: Lazy,
  builtin: "fetchTree" | "fetchGit",
): string | number | boolean {
  const value = force(ev, place)
  if (isString(value) || value instanceof NixPath) {
    const { text } = coerce(ev, value, {}, 0)
    return name === "url" ? gitOrPlain(ev, text, builtin) : text
  }
  if (typeof value === "boolean") return value
  if (!isInteger(value))
    return ev.fail(
      "type",
      `argument '${writtenName(name)}' to '${builtin}' is ${kindOfValue(value)} while a string, Boolean or integer is expected`,
    )
  if (value < 0)
    return ev.fail(
      "invalid-value",
      `negative value given for '${builtin}' argument '${writtenName(name)}': ${value}`,
    )
  return Number(value)
}

/** What people write for a repository as a URL: paths, and `user@host:path`. */
function gitOrPlain(ev: Evaluator, text: string, builtin: "fetchTree" | "fetchGit"): string {
  if (builtin === "fetchTree") return text
  const scp = text.startsWith("/") ? null : /^([^/]*)@(.*):(.*)$/s.exec(text)
  const url = scp === null ? text : `ssh://${scp[1]}@${scp[2]}/${scp[3]}`
  if (url.startsWith("file:") || url.startsWith("git+file:") || url.includes("://"))
    return url.replace(/^git\+/, "")
  if (url.split("/", 1)[0].includes(":"))
    return ev.fail(
      "invalid-value",
      `SCP-like URL '${url}' is not supported; use SSH URL syntax instead (ssh://...)`,
    )
  const path = url.replace(/[^a-zA-Z0-9\-._~:@/]/g, encoded)
  return url.startsWith("/") ? `file://${path}` : `file:${path}`
}

/** A byte as a URL has it. */
function encoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
}

function mercurialAttributes(ev: Evaluator, args: Lazy): FetchRequest["attrs"] {
  const value = force(ev, args)
  if (!(value instanceof Attrs))
    return { url: coerce(ev, value, { why: firstArgument("builtins.fetchMercurial") }, 0).text }
  const found: Attributes = {}
  for (const [name, place, span] of entriesOf(value)) {
    const what = `the \`${name}\` attribute passed to builtins.fetchMercurial`
    if (name === "url")
      found.url = coerce(ev, force(ev, place), { why: `while evaluating ${what}` }, span).text
    else if (name === "name") found.name = textFor(ev, place, what, span)
    else if (name === "rev") {
      const rev = textFor(ev, place, what, span)
      found[/^[0-9a-fA-F]{40}$/.test(rev) ? "rev" : "ref"] = rev
    } else {
      const message = `unsupported argument '${writtenName(name)}' to 'fetchMercurial'`
      throw new EvalError("invalid-value", message, span)
    }
  }
  return found.url === undefined || found.url === ""
    ? ev.fail("invalid-value", "'url' argument required")
    : found
}

/** In the order of the names, in which Nix looks at them too. */
function* entriesOf(attrs: Attrs): Iterable<readonly [name: string, place: Lazy, span: Span]> {
  for (const slot of attrs.shape.met)
    yield [attrs.shape.nameAt(slot), attrs.at(slot), attrs.shape.spanAt(slot)]
}

/** A text without context; errors are in Nix's words. */
function textFor(ev: Evaluator, place: Lazy, what: string, span: Span): string {
  try {
    return ev.text(place)
  } catch (error) {
    throw duringAttribute(error, `while evaluating ${what}`, span)
  }
}
