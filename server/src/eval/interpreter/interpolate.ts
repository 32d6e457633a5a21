// Texts and paths with interpolations.

import { ops } from "../code/code.js"
import { EvalError } from "../errors/error.js"
import { placeOfPart } from "../errors/forgotten-places.js"
import type { Evaluator } from "../evaluator.js"
import { isPure } from "../io.js"
import { canonicalPath } from "../path.js"
import { withContext } from "../values/context.js"
import { boxObject, type Slot } from "../values/heap.js"
import { NixPath, objectAt, unboxValue, type Value } from "../values/value.js"
import { coerceToText, newText, SEGMENT, textOfPath } from "./coerce.js"
import { run } from "./run.js"

/** `~/a`, which stays as it is written: Nix takes neither `.` nor `..` out of it. */
export function homePath(ev: Evaluator, below: string): NixPath {
  if (isPure(ev.io))
    throw new EvalError("restricted", `the path '~${below}' can not be resolved in pure mode`)
  return new NixPath(ev.io.getEnv("HOME") + below)
}

/** The string that parts with interpolations between them make. @throws EvalError */
export function evalInterpolate(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  let text = ""
  for (let i = 0; i < count; i++) {
    const value = unboxValue(run(ev, ops[pc + 3 + i], env))
    if (typeof value !== "string") return withCoerced(ev, pc, env, text, i, value)
    text += value
  }
  return boxObject(text)
}

/** As `evalInterpolate`, from a part on whose value is no plain string. */
function withCoerced(ev: Evaluator, pc: number, env: number, text: string, at: number, first: Value): Slot {
  const parts = newText()
  parts.text = text
  for (let i = at; i < ops[pc + 2]; i++) {
    const part = ops[pc + 3 + i]
    const value = i === at ? first : unboxValue(run(ev, part, env))
    const where = () => placeOfPart(ops[pc + 1], i)
    coerceToText(ev, value, parts, { copyToStore: true, why: SEGMENT, where }, ops[part + 1])
  }
  return boxObject(withContext(parts.text, parts.context))
}

/** A path with interpolations is a path; nothing in it may depend on the store. */
export function evalInterpolatePath(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const parts = newText()
  parts.text = (objectAt(run(ev, ops[pc + 3], env)) as NixPath).path
  for (let i = 1; i < count; i++) {
    const where = () => placeOfPart(ops[pc + 1], i)
    coerceToText(ev, unboxValue(run(ev, ops[pc + 3 + i], env)), parts, { why: SEGMENT, where }, ops[pc + 1])
  }
  return boxObject(new NixPath(canonicalPath(textOfPath(parts, ops[pc + 1]))))
}
