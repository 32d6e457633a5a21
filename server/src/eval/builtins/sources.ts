// Builtins that copy files into the store, and `storePath`, which names what is there already.

import {
  type ContentMethod,
  contentPath,
  type Hash,
  isInStore,
  isStorePath,
  StoreError,
  splitStorePath,
} from "../../store/index.js"
import { writtenName } from "../../syntax/index.js"
import type { Span } from "../code/span.js"
import { copyName, pathText, shownPath } from "../core-files.js"
import { withoutLinks } from "../derivations/links.js"
import { promisedHash } from "../derivations/promised-hash.js"
import type { CopyFilter } from "../derivations/store-side.js"
import { during, duringAttribute, EvalError, orInvalidValue, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { apply } from "../interpreter/call.js"
import { coerceToCleanPath, coerceToPath } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { attemptIO, isPure } from "../io.js"
import { canonicalPath } from "../path.js"
import { type Context, withContext } from "../values/context.js"
import type { BuiltinRow, Lazy, Value } from "../values/value.js"

export const sourceBuiltins: Readonly<Record<string, BuiltinRow>> = {
  filterSource: {
    args: ["e1", "e2"],
    doc: "Copy the folder `e2` to the store without what the predicate `e1` (of a path and its kind) rejects.",
    call: (ev, filter, path) => {
      const source = sourceAt(ev, path)
      return addPath(ev, { ...source, name: copyName(source.path), filter: ev.fn(filter), method: "nar" })
    },
  },
  path: {
    args: ["args"],
    strict: true,
    doc: "Copy `path` to the store, with a `name`, a `filter`, `recursive` or not, checked against `sha256`.",
    call: pathBuiltin,
  },
  storePath: {
    args: ["path"],
    doc: "Return a path of the store as a string that depends on it.",
    call: namedPath,
  },
}

interface Addition {
  readonly path: string
  readonly name: string
  readonly filter?: Value
  readonly method: ContentMethod
  readonly promised?: Hash
  /** What the path depends on. */
  readonly context: Context
}

/** What is known of an addition when its source can be read. */
interface ReadyAddition extends Addition {
  /** What the store path that is copied from refers to; the copy does so too. */
  readonly references: readonly string[]
}

function pathBuiltin(ev: Evaluator, args: Lazy): Value {
  const settings = ev.attrs(args)
  let addition: Partial<Addition> = {}
  for (const slot of settings.shape.met) {
    const name = settings.shape.nameAt(slot)
    const part = additionParts[name]
    const span = settings.shape.spanAt(slot)
    if (part === undefined)
      throw new EvalError(
        "invalid-value",
        `unsupported argument '${writtenName(name)}' to 'builtins.path'`,
        span,
      )
    addition = { ...addition, ...readPart(ev, part, settings.at(slot), span) }
    if (name === "sha256") addition = { ...addition, promised: hashOf(ev, settings.at(slot)) }
  }
  const { path, context, name, method = "nar" } = addition
  if (path === undefined || context === undefined)
    return ev.fail(
      "missing-attribute",
      "missing required 'path' attribute in the first argument to 'builtins.path'",
    )
  return addPath(ev, { ...addition, path, context, method, name: name || copyName(path) })
}

interface AdditionPart {
  /** What it is, in a trace. */
  readonly what: string
  read(ev: Evaluator, place: Lazy): Partial<Addition>
}

const additionParts: Readonly<Record<string, AdditionPart>> = {
  path: { what: "'path' attribute passed to 'builtins.path'", read: sourceAt },
  name: {
    what: "`name` attribute passed to builtins.path",
    read: (ev, place) => ({ name: ev.text(place) }),
  },
  filter: {
    what: "`filter` parameter passed to builtins.path",
    read: (ev, place) => ({ filter: ev.fn(place) }),
  },
  recursive: {
    what: "`recursive` attribute passed to builtins.path",
    read: (ev, place) => ({ method: ev.bool(place) ? "nar" : "flat" }),
  },
  sha256: {
    what: "`sha256` attribute passed to builtins.path",
    read: (ev, place) => {
      ev.text(place)
      return {}
    },
  },
}

function readPart(ev: Evaluator, part: AdditionPart, place: Lazy, span: Span): Partial<Addition> {
  try {
    return part.read(ev, place)
  } catch (error) {
    // What has no text has no place either.
    const add = part === additionParts.path ? during : duringAttribute
    throw add(error, `while evaluating the ${part.what}`, span)
  }
}

function sourceAt(ev: Evaluator, place: Lazy): Pick<Addition, "path" | "context"> {
  return coerceToCleanPath(ev, force(ev, place), 0)
}

function addPath(ev: Evaluator, addition: Addition): Value {
  try {
    const ready = { ...addition, references: referencesOfSource(ev, addition) }
    const path = attemptIO(() => storePathOf(ev, ready))
    return withContext(path, new Set([path]))
  } catch (error) {
    throw during(error, `while adding path '${shownPath(addition.path)}'`, 0)
  }
}

/** Only what comes out of the store is built first, and refers to anything. */
function referencesOfSource(ev: Evaluator, { path, context }: Addition): readonly string[] {
  if (context.size === 0 || !isInStore(path, ev.io.storeDir)) return []
  for (const element of context) ev.requireBuilt(element)
  const { storePath } = orInvalidValue(StoreError, () => splitStorePath(path, ev.io.storeDir))
  return ev.store.referencesOf(storePath)
}

/** What is in the store already need not be checked; anything else has to match its hash. */
function storePathOf(ev: Evaluator, addition: ReadyAddition): string {
  const promised = promisedPath(ev, addition)
  if (promised !== undefined && ev.io.kindOf(promised) !== undefined) return promised
  const added = copied(ev, addition)
  if (promised === undefined || promised === added) return added
  return ev.fail(
    "invalid-value",
    `store path mismatch in (possibly filtered) path added from '${addition.path}'`,
  )
}

/** Of a text that is known to be one. */
function hashOf(ev: Evaluator, place: Lazy): Hash {
  const text = ev.text(place)
  return orInvalidValue(StoreError, () => promisedHash(ev, text, "sha256"))
}

function promisedPath(
  ev: Evaluator,
  { name, method, promised, references }: ReadyAddition,
): string | undefined {
  if (promised === undefined) return undefined
  const refers = { others: references, self: false }
  return orInvalidValue(StoreError, () => contentPath(name, method, promised, refers, ev.io.storeDir))
}

function copied(ev: Evaluator, { path, name, filter, method, references }: ReadyAddition): string {
  const source = withoutLinks(ev.io, path)
  if (method === "flat") return ev.store.addFlat(name, source)
  if (filter === undefined) return ev.store.add(name, source, undefined, references)
  const below = pathText(source) === "/" ? "" : pathText(source)
  const keep: CopyFilter = (entry, kind) => isKept(ev, apply(ev, filter, [`${below}/${entry}`, kind], 0))
  return ev.store.add(name, source, keep, references)
}

function isKept(ev: Evaluator, said: Value): boolean {
  try {
    return ev.bool(said)
  } catch (error) {
    throw ownUp(error, "while evaluating the return value of the path filter function", 0)
  }
}

/** Whether the path is there is not asked: this need not be the machine that has it. */
function namedPath(ev: Evaluator, place: Lazy): Value {
  if (isPure(ev.io))
    return ev.fail("restricted", "'builtins.storePath' is not allowed in pure evaluation mode")
  const { path: given, context } = coerceToPath(ev, force(ev, place), 0)
  const written = canonicalPath(pathText(given))
  const path = isStorePath(written, ev.io.storeDir) ? written : withoutLinks(ev.io, written)
  const { storePath } = orInvalidValue(StoreError, () => splitStorePath(path, ev.io.storeDir))
  return withContext(path, new Set([...context, storePath]))
}
