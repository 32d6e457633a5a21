// Builtins on flakes and references to them. What a flake is, only `EvalIO.flakes` knows.

import { writtenName } from "../../syntax/index.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue } from "../formats/print.js"
import { force } from "../interpreter/force.js"
import { isString, textOf } from "../values/context.js"
import { attrsOf, type BuiltinRow, type Lazy, type Value } from "../values/value.js"

export const flakeBuiltins: Readonly<Record<string, BuiltinRow>> = {
  flakeRefToString: {
    args: ["attrs"],
    strict: true,
    doc: "Return the flake reference that a set of attributes stands for, as a URL.",
    call: (ev, attrs) => ev.io.flakes.flakeRefToString(refAttributes(ev, attrs)),
  },
  getFlake: {
    args: ["ref"],
    strict: true,
    doc: "Return the outputs of the flake that a reference names, with what is known of its source. In pure evaluation the reference must be locked.",
    call: (ev, ref) => ev.io.flakes.getFlake(ev, ev.text(ref)),
  },
  parseFlakeRef: {
    args: ["ref"],
    strict: true,
    doc: "Return the attributes that a flake reference, given as a URL, stands for.",
    call: (ev, ref) => attrsOf(Object.entries(ev.io.flakes.parseFlakeRef(ev.text(ref)))),
  },
}

function refAttributes(ev: Evaluator, place: Lazy): Readonly<Record<string, string | number | boolean>> {
  const attrs = ev.attrs(place)
  return Object.fromEntries(
    Array.from(attrs.shape.met, slot => {
      const name = attrs.shape.nameAt(slot)
      return [name, refAttribute(ev, name, force(ev, attrs.at(slot)))]
    }),
  )
}

function refAttribute(ev: Evaluator, name: string, value: Value): string | number | boolean {
  if (isString(value)) return textOf(value)
  if (typeof value === "boolean") return value
  if (typeof value !== "number")
    return ev.fail(
      "type",
      `flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '${writtenName(name)}' is ${kindOfValue(value)}`,
    )
  if (value < 0)
    return ev.fail("invalid-value", `negative value given for flake ref attr ${writtenName(name)}: ${value}`)
  return value
}
