// Builtins on attribute sets, and on what functions say about their arguments.

import { ops } from "../code/code.js"
import { FORMAL_SIZE, FORMALS, Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { during, missingAttribute, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { delayCall2, force, forceSlot } from "../interpreter/force.js"
import { positionAttrs } from "../interpreter/position.js"
import { boxBoolean, EMPTY_ATTRS, listSlot, mem, newList, type Slot, slotOf, Tag } from "../values/heap.js"
import { internShape, type Shape, shapeById } from "../values/shape.js"
import { intern, known, nameOf, type Sym } from "../values/symbol.js"
import {
  Attrs,
  attrsFrom,
  attrsSlot,
  Builtin,
  type BuiltinRow,
  Lambda,
  newAttrs,
  Partial,
  type Value,
} from "../values/value.js"

const NAME = intern("name")
const VALUE = intern("value")

export const attrsetBuiltins: Readonly<Record<string, BuiltinRow>> = {
  attrNames: {
    args: ["set"],
    strict: true,
    doc: "Return the names of a set, sorted bytewise.",
    slots: (ev, set) => sortedNames(shapeById[mem[ev.attrsAt(set)]]),
  },
  attrValues: {
    args: ["set"],
    strict: true,
    doc: "Return the values of a set, in the order of their sorted names.",
    slots: (ev, set) => {
      const at = ev.attrsAt(set)
      const order = shapeById[mem[at]].sorted
      const list = newList(order.length)
      for (let i = 0; i < order.length; i++) mem[list + 1 + i] = mem[at + 1 + order[i]]
      return slotOf(list, Tag.List)
    },
  },
  catAttrs: {
    args: ["attr", "list"],
    strict: true,
    doc: "Collect the attribute `attr` of every set in `list` that has it.",
    slots: (ev, attr, list) => catAttrs(ev, intern(ev.textAt(attr)), ev.listAt(list)),
  },
  functionArgs: {
    args: ["f"],
    strict: true,
    doc: "Return the named arguments of a function, each with whether it has a default.",
    call: (ev, f) => functionArgs(ev, force(ev, f)),
  },
  getAttr: {
    args: ["s", "set"],
    strict: true,
    doc: "Return the attribute named `s` of `set`.",
    slots: (ev, name, set) => {
      refuseWrongName(ev, name)
      const at = ev.attrsAt(set)
      const symbol = ev.knownSymbolAt(name)
      const slot = symbol === undefined ? -1 : shapeById[mem[at]].find(symbol)
      if (slot < 0)
        throw during(missingAttribute(ev.textAt(name)), "in the attribute set under consideration", 0)
      return forceSlot(ev, mem[at + 1 + slot])
    },
  },
  hasAttr: {
    args: ["s", "set"],
    strict: true,
    doc: "Return `true` if `set` has an attribute named `s`.",
    slots: (ev, name, set) => {
      refuseWrongName(ev, name)
      const shape = shapeById[mem[ev.attrsAt(set)]]
      const symbol = ev.knownSymbolAt(name)
      return boxBoolean(symbol !== undefined && shape.find(symbol) >= 0)
    },
  },
  intersectAttrs: {
    args: ["e1", "e2"],
    strict: true,
    doc: "Return the attributes of `e2` whose names are also in `e1`.",
    slots: (ev, e1, e2) => {
      const names = ev.attrsAt(e1)
      return intersect(shapeById[mem[names]], ev.attrsAt(e2))
    },
  },
  listToAttrs: {
    args: ["e"],
    strict: true,
    doc: "Make a set from a list of `{ name = ..; value = ..; }`. The first of two equal names counts.",
    slots: (ev, e) => listToAttrs(ev, ev.listAt(e)),
  },
  mapAttrs: {
    args: ["f", "attrset"],
    doc: "Replace every value of a set by `f name value`.",
    slots: (ev, f, attrset) => {
      const set = ev.attrsAt(attrset)
      const { keys, withoutSpans } = shapeById[mem[set]]
      if (keys.length === 0) return EMPTY_ATTRS
      const at = newAttrs(withoutSpans)
      for (let i = 0; i < keys.length; i++)
        mem[at + 1 + i] = delayCall2(ev, f, (keys[i] << 3) | Tag.Name, mem[set + 1 + i])
      return slotOf(at, Tag.Attrs)
    },
  },
  removeAttrs: {
    args: ["set", "list"],
    strict: true,
    doc: "Return `set` without the attributes named in `list`.",
    slots: (ev, set, list) => removeAttrs(ev, ev.attrsAt(set), ev.listAt(list)),
  },
  unsafeGetAttrPos: {
    args: ["s", "set"],
    strict: true,
    doc: "Return where the attribute named `s` of `set` is written, as `{ file, line, column }`, or `null`.",
    call: (ev, name, set) => {
      const text = ev.text(name)
      const { shape } = ev.attrs(set)
      const symbol = known(text)
      const slot = symbol === undefined ? -1 : shape.find(symbol)
      return slot < 0 ? null : positionAttrs(ev, shape.spanAt(slot))
    },
  },
}

/**
 * Refuses what is no name before the set is asked for. Its symbol can only be looked up afterwards: the set may be where the program
 * first meets the name.
 * @throws EvalError `type`
 */
function refuseWrongName(ev: Evaluator, name: Slot): void {
  ev.textAt(name)
}

/** The names of a shape as a list, in order. */
function sortedNames({ keys, sorted }: Shape): Slot {
  const at = newList(sorted.length)
  for (let i = 0; i < sorted.length; i++) mem[at + 1 + i] = (keys[sorted[i]] << 3) | Tag.Name
  return slotOf(at, Tag.List)
}

function catAttrs(ev: Evaluator, symbol: Sym, list: number): Slot {
  const found: Slot[] = []
  for (let i = 1; i <= mem[list]; i++) {
    const set = ev.attrsAt(mem[list + i])
    const slot = shapeById[mem[set]].find(symbol)
    if (slot >= 0) found.push(mem[set + 1 + slot])
  }
  return listSlot(found)
}

/** A set of its own with the attributes of the set at an address that are at the given slots. */
function pick(set: number, slots: readonly number[]): Slot {
  const shape = shapeById[mem[set]]
  if (shape.size === 0) return EMPTY_ATTRS
  const at = newAttrs(slots.length === shape.size ? shape : shape.pick(slots))
  for (let i = 0; i < slots.length; i++) mem[at + 1 + i] = mem[set + 1 + slots[i]]
  return slotOf(at, Tag.Attrs)
}

function intersect(names: Shape, set: number): Slot {
  if (names.size === 0) return EMPTY_ATTRS
  const shape = shapeById[mem[set]]
  const slots: number[] = []
  if (shape.size <= names.size) {
    for (let slot = 0; slot < shape.size; slot++) if (names.find(shape.keyAt(slot)) >= 0) slots.push(slot)
  } else {
    for (let i = 0; i < names.size; i++) {
      const slot = shape.find(names.keyAt(i))
      if (slot >= 0) slots.push(slot)
    }
  }
  return pick(set, slots)
}

/** Up to so many names are taken off one after the other: every step leaves a shape, which is known when it comes again. */
const MOST_STEPS = 32

function removeAttrs(ev: Evaluator, set: number, names: number): Slot {
  const shape = shapeById[mem[set]]
  const rest = mem[names] > MOST_STEPS ? withoutMany(ev, shape, names) : withoutFew(ev, shape, names)
  if (shape.size === 0) return EMPTY_ATTRS
  const at = newAttrs(rest)
  for (let slot = 0, to = 0; to < rest.size; slot++)
    if (shape.keyAt(slot) === rest.keyAt(to)) mem[at + 1 + to++] = mem[set + 1 + slot]
  return slotOf(at, Tag.Attrs)
}

function withoutFew(ev: Evaluator, shape: Shape, names: number): Shape {
  let rest = shape
  for (let i = 1; i <= mem[names]; i++) {
    const symbol = removedName(ev, mem[names + i])
    if (symbol !== undefined) rest = rest.without(symbol)
  }
  return rest
}

function withoutMany(ev: Evaluator, shape: Shape, names: number): Shape {
  const removed = new Set<Sym | undefined>()
  for (let i = 1; i <= mem[names]; i++) removed.add(removedName(ev, mem[names + i]))
  return shape.pick([...shape.keys.keys()].filter(slot => !removed.has(shape.keyAt(slot))))
}

/** The symbol of a name, if the program has it anywhere. */
function removedName(ev: Evaluator, place: Slot): Sym | undefined {
  if ((place & 7) === Tag.Name) return place >>> 3
  try {
    return ev.knownSymbolAt(place)
  } catch (error) {
    const what = "while evaluating the values of the second argument passed to builtins.removeAttrs"
    throw ownUp(error, what, 0)
  }
}

function listToAttrs(ev: Evaluator, list: number): Slot {
  const seen = new Set<Sym>()
  const keys: Sym[] = []
  const values: Slot[] = []
  const spans: Span[] = []
  // All names are read before it is noticed that a value is missing.
  let incomplete: Shape | undefined
  for (let i = 1; i <= mem[list]; i++) {
    const entry = ev.attrsAt(mem[list + i])
    const shape = shapeById[mem[entry]]
    const symbol = nameAt(ev, needed(shape, entry, NAME), shape)
    if (seen.has(symbol)) continue
    seen.add(symbol)
    const value = shape.find(VALUE)
    if (value < 0) {
      incomplete ??= shape
      continue
    }
    keys.push(symbol)
    values.push(mem[entry + 1 + value])
    spans.push(shape.spanAt(value))
  }
  if (incomplete !== undefined) needed(incomplete, 0, VALUE)
  return attrsSlot(internShape(keys, spans), values)
}

function nameAt(ev: Evaluator, place: Slot, shape: Shape): Sym {
  if ((place & 7) === Tag.Name) return place >>> 3
  const span = shape.spanAt(shape.find(NAME))
  try {
    return ev.symbolOf(forceSlot(ev, place), span)
  } catch (error) {
    const what =
      "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs"
    throw ownUp(error, what, span)
  }
}

function needed(shape: Shape, at: number, name: Sym): Slot {
  const slot = shape.find(name)
  if (slot < 0) throw during(missingAttribute(nameOf(name)), "in a {name=...; value=...;} pair", 0)
  return mem[at + 1 + slot]
}

function functionArgs(ev: Evaluator, fn: Value): Value {
  if (fn instanceof Builtin || fn instanceof Partial) return attrsFrom([], [])
  if (!(fn instanceof Lambda)) return ev.fail("type", "'functionArgs' requires a function")
  if (ops[fn.pc] !== Op.FormalsLambda || ops[fn.pc + 7] === 0) return attrsFrom([], [])
  const set = newAttrs(formalsShape(fn.pc))
  for (let i = 0; i < ops[fn.pc + 7]; i++)
    mem[set + 1 + i] = boxBoolean(ops[fn.pc + FORMALS + FORMAL_SIZE * i + 1] !== 0)
  return new Attrs(slotOf(set, Tag.Attrs))
}

const formalsShapes = new Map<number, Shape>()

/** For when all shapes are forgotten. */
export function forgetFormals(): void {
  formalsShapes.clear()
}

/** The names of a function's arguments at their places. Module systems ask for those of one function again and again. */
function formalsShape(pc: number): Shape {
  let shape = formalsShapes.get(pc)
  if (shape === undefined) {
    const at = (i: number) => pc + FORMALS + FORMAL_SIZE * i
    const count = ops[pc + 7]
    shape = internShape(
      Array.from({ length: count }, (_, i) => ops[at(i)]),
      Array.from({ length: count }, (_, i) => ops[at(i) + 2]),
    )
    formalsShapes.set(pc, shape)
  }
  return shape
}
