// `canopy eval --write-to PATH`: a text becomes a file, a set of texts a folder of files by the names of its attributes.

import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import {
  Attrs,
  EvalError,
  type Evaluator,
  guillemets,
  isString,
  placeOf,
  type Selected,
  type Span,
  textOf,
  textOfBytes,
  type Value,
} from "../../eval/index.js"

/**
 * @param to the path, and as it was given, for messages
 * @throws EvalError for what is neither a text nor a set of them, and where something is at the path already
 */
export function writeValue(
  ev: Evaluator,
  { value, span }: Selected,
  to: { readonly path: string; readonly written: string },
): void {
  if (existsSync(to.path)) throw new EvalError("invalid-value", `path '${to.written}' already exists`)
  write(ev, value, to.path, span)
}

function write(ev: Evaluator, value: Value, path: string, span: Span): void {
  if (isString(value)) writeFileSync(path, Buffer.from(textOf(value), "latin1"))
  else if (value instanceof Attrs) writeFolder(ev, value, path)
  else throw new EvalError("type", `value at '${placeName(span)}' is not a string or an attribute set`)
}

function writeFolder(ev: Evaluator, attrs: Attrs, path: string): void {
  mkdirSync(path)
  for (const slot of attrs.shape.sorted) {
    const name = attrs.shape.nameAt(slot)
    const span = attrs.shape.spanAt(slot)
    try {
      if (name === "." || name === ".." || name.includes("/"))
        throw new EvalError("invalid-value", `invalid file name '${name}'`)
      write(ev, ev.force(attrs.at(slot)), join(path, textOfBytes(name)), span)
    } catch (error) {
      if (error instanceof EvalError) error.addFrame(`while evaluating the attribute '${name}'`, span)
      throw error
    }
  }
}

function placeName(span: Span): string {
  const place = placeOf(span)
  return place === undefined ? `${guillemets("none")}:0` : `${place.file}:${place.line}:${place.column}`
}
