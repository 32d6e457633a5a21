// Where wrong `imports` are written. Nix has no place for them: the module system fails on a constant somewhere in its own code.
//
// The message names the value and its type, so the fleet's files are searched for `imports` that are, or contain, such a value. A
// path is recognised by where it leads; any other value only if it occurs in a single place.

import { canonicalPath, type EvalError } from "../../eval/index.js"
import { propertyFunctions } from "../../modules/index.js"
import { type Expr, withoutParens } from "../../syntax/index.js"
import type { SourceRange } from "../model.js"
import { namedCall } from "../texts/named-call.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { isPathTo } from "../texts/tree-search.js"
import type { ErrorSurroundings } from "./error-place.js"

/** How messages begin to describe a kind of value, and how such a value is written; `mkIf` and the like make sets of a `_type`. */
const kinds: readonly (readonly [start: string, (value: Expr) => boolean])[] = [
  ["a string", ({ kind }) => kind === "string"],
  ['a set: { _type = "', value => Object.hasOwn(propertyFunctions, namedCall(value)?.name ?? "")],
  ["a set", ({ kind }) => kind === "attrset"],
  ["a function", ({ kind }) => kind === "lambda"],
  ["an integer", ({ kind }) => kind === "int"],
  ["a float", ({ kind }) => kind === "float"],
  ["a Boolean", value => isNamed(value, ["true", "false"])],
  ["null", value => isNamed(value, ["null"])],
]

/** The `imports`, or the element of them, that an error is about; undefined for any other error. */
export function placeOfImports(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  if (error.code !== "type") return undefined
  const whole = /^expected a list but found (.*)$/s.exec(error.message)?.[1]
  if (whole !== undefined) return placeOfValue(whole, around, importsOf)
  const element = /^cannot coerce (.*) to a string/.exec(error.message)?.[1]
  return element === undefined ? undefined : placeOfValue(element, around, importedBy)
}

interface WrittenValue {
  readonly value: Expr
  /** What to underline. */
  readonly range: { readonly start: number; readonly end: number }
}

function placeOfValue(
  described: string,
  around: ErrorSurroundings,
  valuesOf: (file: SourceFile, around: ErrorSurroundings) => readonly WrittenValue[],
): SourceRange | undefined {
  const path = /^a path: (.*)$/s.exec(described)?.[1]
  const target = path === undefined ? undefined : around.realPath(canonicalPath(path))
  const isOfKind = kinds.find(([start]) => described.startsWith(start))?.[1]
  const found = around.files.flatMap(file => {
    const isIt = (value: Expr) =>
      target === undefined ? isOfKind?.(value) : isPathTo(value, file.path, target)
    const fitting = valuesOf(file, around).filter(({ value }) => isIt(withoutParens(value)))
    return fitting.map(({ range }) => sourceRange(file, range))
  })
  return target !== undefined || found.length === 1 ? found[0] : undefined
}

function importsOf(file: SourceFile, { sources }: ErrorSurroundings): WrittenValue[] {
  return sources.placesOf(file).filter(({ names }) => names.at(-1) === "imports")
}

function importedBy(file: SourceFile, around: ErrorSurroundings): WrittenValue[] {
  return importsOf(file, around).flatMap(({ value }) =>
    elementsOf(value).map(value => ({ value, range: value })),
  )
}

/** The elements of a list, or of several joined by `++`. */
function elementsOf(value: Expr): readonly Expr[] {
  const list = withoutParens(value)
  if (list.kind === "binary" && list.op === "++") return [...elementsOf(list.left), ...elementsOf(list.right)]
  return list.kind === "list" ? list.elements : []
}

function isNamed(value: Expr, names: readonly string[]): boolean {
  return value.kind === "variable" && names.includes(value.name)
}
