// Builtins on attribute sets, and on what functions say about their arguments.

import { FORMAL_SIZE, FORMALS, Op, ops } from "../code.js"
import type { Evaluator } from "../evaluator.js"
import { delayCall, force } from "../force.js"
import { positionAttrs } from "../run.js"
import { Shape } from "../shape.js"
import type { Span } from "../span.js"
import { intern, known, nameOf, type Sym } from "../symbol.js"
import {
  Attrs,
  attrsFrom,
  Builtin,
  type BuiltinRow,
  emptyAttrs,
  Lambda,
  type Lazy,
  Partial,
  type Value,
} from "../value.js"

const NAME = intern("name")
const VALUE = intern("value")

export const attrsetBuiltins: Readonly<Record<string, BuiltinRow>> = {
  attrNames: {
    args: ["set"],
    strict: 1,
    doc: "Return the names of a set, sorted bytewise.",
    call: (ev, set) => sortedNames(ev.attrs(set).shape),
  },
  attrValues: {
    args: ["set"],
    strict: 1,
    doc: "Return the values of a set, in the order of their sorted names.",
    call: (ev, set) => {
      const attrs = ev.attrs(set)
      return Array.from(attrs.shape.sorted, slot => attrs.values[slot])
    },
  },
  catAttrs: {
    args: ["attr", "list"],
    strict: 2,
    doc: "Collect the attribute `attr` of every set in `list` that has it.",
    call: (ev, attr, list) => {
      const symbol = intern(ev.text(attr))
      return ev.list(list).flatMap(set => {
        const found = ev.attrs(set).get(symbol)
        return found === undefined ? [] : [found]
      })
    },
  },
  functionArgs: {
    args: ["f"],
    strict: 1,
    doc: "Return the named arguments of a function, each with whether it has a default.",
    call: (ev, f) => functionArgs(ev, force(ev, f)),
  },
  getAttr: {
    args: ["s", "set"],
    strict: 2,
    doc: "Return the attribute named `s` of `set`.",
    call: (ev, name, set) => {
      const text = ev.text(name)
      const symbol = known(text)
      const found = symbol === undefined ? undefined : ev.attrs(set).get(symbol)
      if (found === undefined) return ev.fail("missing-attribute", `attribute '${text}' missing`)
      return force(ev, found)
    },
  },
  hasAttr: {
    args: ["s", "set"],
    strict: 2,
    doc: "Return `true` if `set` has an attribute named `s`.",
    call: (ev, name, set) => {
      const symbol = known(ev.text(name))
      const attrs = ev.attrs(set)
      return symbol !== undefined && attrs.has(symbol)
    },
  },
  intersectAttrs: {
    args: ["e1", "e2"],
    strict: 2,
    doc: "Return the attributes of `e2` whose names are also in `e1`.",
    call: (ev, e1, e2) => intersect(ev.attrs(e1), ev.attrs(e2)),
  },
  listToAttrs: {
    args: ["e"],
    strict: 1,
    doc: "Make a set from a list of `{ name = ..; value = ..; }`. The first of two equal names counts.",
    call: (ev, e) => listToAttrs(ev, e),
  },
  mapAttrs: {
    args: ["f", "attrset"],
    doc: "Replace every value of a set by `f name value`.",
    call: (ev, f, attrset) => {
      const attrs = ev.attrs(attrset)
      const values = new Array<Lazy>(attrs.size)
      const keys = attrs.shape.keys
      for (let slot = 0; slot < values.length; slot++)
        values[slot] = delayCall(ev, f, nameOf(keys[slot]), attrs.values[slot])
      return values.length === 0 ? attrs : new Attrs(attrs.shape.withoutSpans, values)
    },
  },
  removeAttrs: {
    args: ["set", "list"],
    strict: 2,
    doc: "Return `set` without the attributes named in `list`.",
    call: (ev, set, list) => removeAttrs(ev, ev.attrs(set), ev.list(list)),
  },
  unsafeGetAttrPos: {
    args: ["s", "set"],
    strict: 2,
    doc: "Return where the attribute named `s` of `set` is written, as `{ file, line, column }`, or `null`.",
    call: (ev, name, set) => {
      const symbol = known(ev.text(name))
      const { shape } = ev.attrs(set)
      const slot = symbol === undefined ? -1 : shape.find(symbol)
      return slot < 0 ? null : positionAttrs(shape.spanAt(slot))
    },
  },
}

const namesOfShapes = new WeakMap<Shape, readonly string[]>()

/** The list that `attrNames` gives: one for each shape, since lists never change. */
export function sortedNames(shape: Shape): readonly string[] {
  let names = namesOfShapes.get(shape)
  if (names === undefined) {
    names = Array.from(shape.sorted, slot => nameOf(shape.keys[slot]))
    namesOfShapes.set(shape, names)
  }
  return names
}

/** Keeps the attributes of `attrs` at the given slots. */
function pick(attrs: Attrs, slots: readonly number[]): Attrs {
  if (slots.length === attrs.size) return attrs
  if (slots.length === 0) return emptyAttrs
  const { shape } = attrs
  const keys = Int32Array.from(slots, slot => shape.keys[slot])
  const spans = shape.spans === undefined ? undefined : Int32Array.from(slots, slot => shape.spanAt(slot))
  return new Attrs(
    new Shape(keys, spans, false),
    slots.map(slot => attrs.values[slot]),
  )
}

function intersect(names: Attrs, attrs: Attrs): Attrs {
  const slots: number[] = []
  if (attrs.size <= names.size) {
    for (let slot = 0; slot < attrs.size; slot++)
      if (names.shape.find(attrs.shape.keys[slot]) >= 0) slots.push(slot)
  } else {
    for (let i = 0; i < names.size; i++) {
      const slot = attrs.shape.find(names.shape.keys[i])
      if (slot >= 0) slots.push(slot)
    }
  }
  return pick(attrs, slots)
}

function removeAttrs(ev: Evaluator, attrs: Attrs, names: readonly Lazy[]): Attrs {
  const removed = new Set<number>()
  for (const name of names) {
    const symbol = known(ev.text(name))
    const slot = symbol === undefined ? -1 : attrs.shape.find(symbol)
    if (slot >= 0) removed.add(slot)
  }
  if (removed.size === 0) return attrs
  const slots: number[] = []
  for (let slot = 0; slot < attrs.size; slot++) if (!removed.has(slot)) slots.push(slot)
  return pick(attrs, slots)
}

function listToAttrs(ev: Evaluator, list: Lazy): Attrs {
  const seen = new Set<Sym>()
  const keys: Sym[] = []
  const values: Lazy[] = []
  const spans: Span[] = []
  for (const place of ev.list(list)) {
    const entry = ev.attrs(place)
    const name = entry.get(NAME)
    if (name === undefined) return ev.fail("missing-attribute", "attribute 'name' missing")
    const symbol = intern(ev.text(name))
    if (seen.has(symbol)) continue
    seen.add(symbol)
    const slot = entry.shape.find(VALUE)
    if (slot < 0) return ev.fail("missing-attribute", "attribute 'value' missing")
    keys.push(symbol)
    values.push(entry.values[slot])
    spans.push(entry.shape.spanAt(slot))
  }
  return attrsFrom(keys, values, spans)
}

function functionArgs(ev: Evaluator, fn: Value): Value {
  if (fn instanceof Builtin || fn instanceof Partial) return emptyAttrs
  if (!(fn instanceof Lambda)) return ev.fail("type", "'functionArgs' requires a function")
  if (ops[fn.pc] !== Op.FormalsLambda) return emptyAttrs
  const keys: Sym[] = []
  const values: Lazy[] = []
  const spans: Span[] = []
  for (let at = fn.pc + FORMALS; keys.length < ops[fn.pc + 7]; at += FORMAL_SIZE) {
    keys.push(ops[at])
    values.push(ops[at + 1] !== 0)
    spans.push(ops[at + 2])
  }
  return attrsFrom(keys, values, spans)
}
