// Builtins on lists. Elements are passed on unevaluated wherever Nix does so: `map` and `genList` return lists of thunks.

import { during } from "../errors/error.js"
import { placeOfGivenSet, placeOfSet } from "../errors/place-of-result.js"
import type { Evaluator } from "../evaluator.js"
import { call1, call2, functionBehind } from "../interpreter/call.js"
import { compareSlots, equalElement } from "../interpreter/compare.js"
import { delayCall1, forceSlot } from "../interpreter/force.js"
import { wrongKind } from "../interpreter/operands.js"
import { placeOfLambda } from "../interpreter/place-of-function.js"
import {
  boxInteger,
  copyWithin,
  FALSE,
  listSlot,
  mem,
  newList,
  type Slot,
  slotOf,
  slotsFrom,
  Tag,
  TRUE,
} from "../values/heap.js"
import { internShape, ownShape, type Shape, shapeById } from "../values/shape.js"
import type { Sym } from "../values/symbol.js"
import { attrsSlot, Builtin, type BuiltinRow, objectAt, unbox } from "../values/value.js"
import { genericClosure } from "./generic-closure.js"
import { peekSort } from "./peek-sort.js"
import { zipAttrsWith } from "./zip-attrs.js"

export const listBuiltins: Readonly<Record<string, BuiltinRow>> = {
  all: {
    args: ["pred", "list"],
    strict: true,
    doc: "Return `true` if `pred` holds for every element of `list`.",
    slots: (ev, pred, list) => {
      const test = ev.fnAt(pred)
      const at = ev.listAt(list)
      for (let i = 1; i <= mem[at]; i++) if (!holds(ev, test, mem[at + i])) return FALSE
      return TRUE
    },
  },
  any: {
    args: ["pred", "list"],
    strict: true,
    doc: "Return `true` if `pred` holds for at least one element of `list`.",
    slots: (ev, pred, list) => {
      const test = ev.fnAt(pred)
      const at = ev.listAt(list)
      for (let i = 1; i <= mem[at]; i++) if (holds(ev, test, mem[at + i])) return TRUE
      return FALSE
    },
  },
  concatLists: {
    args: ["lists"],
    strict: true,
    doc: "Join a list of lists into one list.",
    slots: (ev, lists) => {
      const at = ev.listAt(lists)
      const parts = new Array<number>(mem[at])
      for (let i = 0; i < parts.length; i++) parts[i] = ev.listAt(mem[at + 1 + i])
      return concat(parts)
    },
  },
  concatMap: {
    args: ["f", "list"],
    strict: true,
    doc: "Apply `f`, which gives a list, to every element of `list`, and join the results.",
    slots: (ev, f, list) => {
      const fn = ev.fnAt(f)
      const at = ev.listAt(list)
      const parts = new Array<number>(mem[at])
      for (let i = 0; i < parts.length; i++) {
        const part = call1(ev, fn, mem[at + 1 + i], 0)
        parts[i] = (part & 7) === Tag.List ? part >>> 2 : noListToJoin(ev, fn, part)
      }
      return concat(parts)
    },
  },
  elem: {
    args: ["x", "xs"],
    doc: "Return `true` if a value equal to `x` is in the list `xs`.",
    slots: (ev, x, xs) => {
      const at = ev.listAt(xs)
      for (let i = 1; i <= mem[at]; i++) {
        if (equalElement(ev, x, mem[at + i])) return TRUE
      }
      return FALSE
    },
  },
  elemAt: {
    args: ["xs", "n"],
    doc: "Return element `n` of the list `xs`, counting from 0.",
    slots: (ev, xs, n) => {
      const index = ev.intAt(n)
      const at = ev.listAt(xs)
      if (index < 0 || index >= mem[at])
        return ev.fail(
          "index-out-of-bounds",
          `'builtins.elemAt' called with index ${ev.integer(unbox(n))} on a list of size ${mem[at]}`,
        )
      return forceSlot(ev, mem[at + 1 + index])
    },
  },
  filter: {
    args: ["f", "list"],
    doc: "Return the elements of `list` for which `f` gives `true`.",
    slots: (ev, f, list) => {
      const at = ev.listAt(list)
      if (mem[at] === 0) return slotOf(at, Tag.List)
      const fn = ev.fnAt(f)
      const kept = new Array<Slot>(mem[at])
      let count = 0
      for (let i = 1; i <= mem[at]; i++) if (holds(ev, fn, mem[at + i])) kept[count++] = mem[at + i]
      if (count === kept.length) return slotOf(at, Tag.List)
      kept.length = count
      return listSlot(kept)
    },
  },
  "foldl'": {
    args: ["op", "nul", "list"],
    doc: "Reduce a list from the left: `op (op nul x0) x1 ..`. Every intermediate result is evaluated.",
    slots: (ev, op, nul, list) => {
      const fn = ev.fnAt(op)
      const at = ev.listAt(list)
      let result = nul
      for (let i = 1; i <= mem[at]; i++) result = call2(ev, fn, result, mem[at + i], 0)
      return forceSlot(ev, result)
    },
  },
  genericClosure: {
    args: ["attrset"],
    strict: true,
    doc: "Start from the list `startSet` and add what `operator` gives for each element, until no element with a new `key` comes. Breadth first.",
    slots: (ev, attrset) => genericClosure(ev, ev.attrsAt(attrset)),
  },
  genList: {
    args: ["generator", "length"],
    doc: "Make a list of `length` elements, the i-th of which is `generator i`.",
    slots: (ev, generator, length) => {
      const count = ev.intAt(length)
      if (count < 0)
        return ev.fail("invalid-value", `cannot create list of size ${ev.integer(unbox(length))}`)
      const fn = ev.fnAt(generator)
      const at = newList(count)
      for (let i = 0; i < count; i++) mem[at + 1 + i] = delayCall1(ev, fn, boxInteger(i))
      return slotOf(at, Tag.List)
    },
  },
  groupBy: {
    args: ["f", "list"],
    strict: true,
    doc: "Group the elements of `list` by the string that `f` gives for each.",
    slots: (ev, f, list) => {
      const fn = ev.fnAt(f)
      const at = ev.listAt(list)
      const groups = new Map<Sym, Slot[]>()
      for (let i = 1; i <= mem[at]; i++)
        addTo(groups, ev.symbolOf(call1(ev, fn, mem[at + i], 0), 0), mem[at + i])
      return attrsOfLists(groups)
    },
  },
  head: {
    args: ["list"],
    strict: true,
    doc: "Return the first element of a list.",
    slots: (ev, list) => {
      const at = ev.listAt(list)
      if (mem[at] === 0) return ev.fail("index-out-of-bounds", "'builtins.head' called on an empty list")
      return forceSlot(ev, mem[at + 1])
    },
  },
  length: {
    args: ["e"],
    strict: true,
    doc: "Return the length of the list `e`.",
    slots: (ev, list) => boxInteger(mem[ev.listAt(list)]),
  },
  map: {
    args: ["f", "list"],
    doc: "Apply `f` to every element of `list`.",
    slots: (ev, f, list) => {
      const from = ev.listAt(list)
      const count = mem[from]
      if (count === 0) return slotOf(from, Tag.List)
      const fn = ev.fnAt(f)
      const at = newList(count)
      for (let i = 1; i <= count; i++) mem[at + i] = delayCall1(ev, fn, mem[from + i])
      return slotOf(at, Tag.List)
    },
  },
  partition: {
    args: ["pred", "list"],
    strict: true,
    doc: "Split a list into `right`, the elements for which `pred` holds, and `wrong`, the others.",
    slots: (ev, pred, list) => {
      const test = ev.fnAt(pred)
      const at = ev.listAt(list)
      const right: Slot[] = []
      const wrong: Slot[] = []
      for (let i = 1; i <= mem[at]; i++) {
        forceSlot(ev, mem[at + i])
        const side = holds(ev, test, mem[at + i]) ? right : wrong
        side.push(mem[at + i])
      }
      return attrsSlot(PARTITION, [listSlot(right), listSlot(wrong)])
    },
  },
  sort: {
    args: ["comparator", "list"],
    doc: "Sort a list so that `comparator a b` is `true` where `a` has to come before `b`. Equal elements keep their order.",
    slots: (ev, comparator, list) => {
      const at = ev.listAt(list)
      if (mem[at] === 0) return slotOf(at, Tag.List)
      const less = ev.fnAt(comparator)
      for (let i = 1; i <= mem[at]; i++) forceSlot(ev, mem[at + i])
      const elements = slotsFrom(at + 1, mem[at])
      const before = (a: Slot, b: Slot) => ev.boolAt(call2(ev, less, a, b, 0))
      peekSort(elements, isLessThan(less) ? (a, b) => isOrdered(ev, a, b) : before)
      return listSlot(elements)
    },
  },
  tail: {
    args: ["list"],
    strict: true,
    doc: "Return all but the first element of a list.",
    slots: (ev, list) => {
      const from = ev.listAt(list)
      if (mem[from] === 0) return ev.fail("index-out-of-bounds", "'builtins.tail' called on an empty list")
      const at = newList(mem[from] - 1)
      copyWithin(at + 1, from + 2, mem[at])
      return slotOf(at, Tag.List)
    },
  },
  zipAttrsWith: {
    args: ["f", "list"],
    strict: true,
    doc: "Join a list of sets into one: each name gets `f name values`, with the values of that name in order.",
    slots: (ev, f, list) => zipAttrsWith(ev, ev.fnAt(f), ev.listAt(list)),
  },
}

/** The order of names in what `partition` gives. */
const PARTITION = ownShape("right", "wrong")

function holds(ev: Evaluator, predicate: Slot, element: Slot): boolean {
  return ev.boolAt(call1(ev, predicate, element, 0))
}

function isLessThan(fn: Slot): boolean {
  const object = (fn & 7) === Tag.Const ? objectAt(fn) : undefined
  return object instanceof Builtin && object.name === "lessThan"
}

/** The commonest order, which Nix does not call. */
function isOrdered(ev: Evaluator, a: Slot, b: Slot): boolean {
  try {
    return compareSlots(ev, forceSlot(ev, a), forceSlot(ev, b), 0)
  } catch (error) {
    throw during(error, "while evaluating the ordering function passed to builtins.sort", 0)
  }
}

/** Nix looks for a place in what it found in place of a list, and then, unless that is a set, in the function. */
function noListToJoin(ev: Evaluator, fn: Slot, found: Slot): never {
  const place =
    (found & 7) === Tag.Attrs
      ? placeOfGivenSet(placeOfLambda(functionBehind(ev, fn)), shapeOf(found))
      : placeOfLambda(found) || ((fn & 7) === Tag.Attrs ? placeOfSet(shapeOf(fn)) : placeOfLambda(fn))
  const what = "while evaluating the return value of the function passed to builtins.concatMap"
  throw during(wrongKind(ev, "a list", found, 0), what, place)
}

function shapeOf(attrs: Slot): Shape {
  return shapeById[mem[attrs >>> 2]]
}

/** Joins the lists at some addresses. */
function concat(lists: readonly number[]): Slot {
  let count = 0
  for (let i = 0; i < lists.length; i++) count += mem[lists[i]]
  for (let i = 0; i < lists.length; i++)
    if (mem[lists[i]] === count && count > 0) return slotOf(lists[i], Tag.List)
  const joined = newList(count)
  let end = joined + 1
  for (let i = 0; i < lists.length; i++) {
    copyWithin(end, lists[i] + 1, mem[lists[i]])
    end += mem[lists[i]]
  }
  return slotOf(joined, Tag.List)
}

function addTo(groups: Map<Sym, Slot[]>, name: Sym, element: Slot): void {
  const group = groups.get(name)
  if (group === undefined) groups.set(name, [element])
  else group.push(element)
}

function attrsOfLists(groups: ReadonlyMap<Sym, Slot[]>): Slot {
  const shape = internShape([...groups.keys()], undefined)
  return attrsSlot(shape, Array.from(groups.values(), listSlot))
}
