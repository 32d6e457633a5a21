// Builtins on lists. Elements are passed on unevaluated wherever Nix does so: `map` and `genList` only promise their results.

import { apply } from "../call.js"
import { compareValues, equalValues } from "../compare.js"
import type { Evaluator } from "../evaluator.js"
import { delayCall, force } from "../force.js"
import { expected } from "../print.js"
import { intern, nameOf, type Sym } from "../symbol.js"
import { Attrs, attrsFrom, attrsOf, type BuiltinRow, type Lazy, type NixList, type Value } from "../value.js"

const KEY = intern("key")
const START_SET = intern("startSet")
const OPERATOR = intern("operator")

export const listBuiltins: Readonly<Record<string, BuiltinRow>> = {
  all: {
    args: ["pred", "list"],
    strict: 2,
    doc: "Return `true` if `pred` holds for every element of `list`.",
    call: (ev, pred, list) => {
      const test = ev.fn(pred)
      return ev.list(list).every(element => ev.bool(apply(ev, test, [element], 0)))
    },
  },
  any: {
    args: ["pred", "list"],
    strict: 2,
    doc: "Return `true` if `pred` holds for at least one element of `list`.",
    call: (ev, pred, list) => {
      const test = ev.fn(pred)
      return ev.list(list).some(element => ev.bool(apply(ev, test, [element], 0)))
    },
  },
  concatLists: {
    args: ["lists"],
    strict: 1,
    doc: "Join a list of lists into one list.",
    call: (ev, lists) => concat(ev.list(lists).map(list => ev.list(list))),
  },
  concatMap: {
    args: ["f", "list"],
    strict: 2,
    doc: "Apply `f`, which gives a list, to every element of `list`, and join the results.",
    call: (ev, f, list) => {
      const fn = ev.fn(f)
      return concat(ev.list(list).map(element => ev.list(apply(ev, fn, [element], 0))))
    },
  },
  elem: {
    args: ["x", "xs"],
    doc: "Return `true` if a value equal to `x` is in the list `xs`.",
    call: (ev, x, xs) =>
      ev.list(xs).some(element => element === x || equalValues(ev, force(ev, x), force(ev, element))),
  },
  elemAt: {
    args: ["xs", "n"],
    strict: 2,
    doc: "Return element `n` of the list `xs`, counting from 0.",
    call: (ev, xs, n) => {
      const list = ev.list(xs)
      const index = ev.int(n)
      if (index < 0 || index >= list.length)
        return ev.fail(
          "index-out-of-bounds",
          `'builtins.elemAt' called with index ${index} on a list of size ${list.length}`,
        )
      return force(ev, list[index])
    },
  },
  filter: {
    args: ["f", "list"],
    strict: 2,
    doc: "Return the elements of `list` for which `f` gives `true`.",
    call: (ev, f, list) => {
      const elements = ev.list(list)
      if (elements.length === 0) return elements
      const fn = ev.fn(f)
      const kept = elements.filter(element => ev.bool(apply(ev, fn, [element], 0)))
      return kept.length === elements.length ? elements : kept
    },
  },
  "foldl'": {
    args: ["op", "nul", "list"],
    doc: "Reduce a list from the left: `op (op nul x0) x1 ..`. Every intermediate result is evaluated.",
    call: (ev, op, nul, list) => {
      const fn = ev.fn(op)
      let result: Lazy = nul
      for (const element of ev.list(list)) result = apply(ev, fn, [result, element], 0)
      return force(ev, result)
    },
  },
  genericClosure: {
    args: ["attrset"],
    strict: 1,
    doc: "Start from the list `startSet` and add what `operator` gives for each element, until no element with a new `key` comes. Breadth first.",
    call: (ev, attrset) => genericClosure(ev, ev.attrs(attrset)),
  },
  genList: {
    args: ["generator", "length"],
    doc: "Make a list of `length` elements, the i-th of which is `generator i`.",
    call: (ev, generator, length) => {
      const count = ev.int(length)
      if (count < 0) return ev.fail("invalid-value", `cannot create list of size ${count}`)
      const fn = ev.fn(generator)
      return Array.from({ length: count }, (_, i) => delayCall(ev, fn, i))
    },
  },
  groupBy: {
    args: ["f", "list"],
    strict: 2,
    doc: "Group the elements of `list` by the string that `f` gives for each.",
    call: (ev, f, list) => {
      const fn = ev.fn(f)
      const groups = new Map<string, Lazy[]>()
      for (const element of ev.list(list)) {
        const name = ev.text(apply(ev, fn, [element], 0))
        const group = groups.get(name)
        if (group === undefined) groups.set(name, [element])
        else group.push(element)
      }
      return attrsOf(groups)
    },
  },
  head: {
    args: ["list"],
    strict: 1,
    doc: "Return the first element of a list.",
    call: (ev, list) => {
      const elements = ev.list(list)
      if (elements.length === 0)
        return ev.fail("index-out-of-bounds", "'builtins.head' called on an empty list")
      return force(ev, elements[0])
    },
  },
  length: {
    args: ["e"],
    strict: 1,
    doc: "Return the length of the list `e`.",
    call: (ev, list) => ev.list(list).length,
  },
  map: {
    args: ["f", "list"],
    doc: "Apply `f` to every element of `list`.",
    call: (ev, f, list) => {
      const elements = ev.list(list)
      if (elements.length === 0) return elements
      const fn = ev.fn(f)
      return elements.map(element => delayCall(ev, fn, element))
    },
  },
  partition: {
    args: ["pred", "list"],
    strict: 2,
    doc: "Split a list into `right`, the elements for which `pred` holds, and `wrong`, the others.",
    call: (ev, pred, list) => {
      const test = ev.fn(pred)
      const right: Lazy[] = []
      const wrong: Lazy[] = []
      for (const element of ev.list(list))
        (ev.bool(apply(ev, test, [element], 0)) ? right : wrong).push(element)
      return attrsOf([
        ["right", right],
        ["wrong", wrong],
      ])
    },
  },
  sort: {
    args: ["comparator", "list"],
    doc: "Sort a list so that `comparator a b` is `true` where `a` has to come before `b`. Equal elements keep their order.",
    call: (ev, comparator, list) => {
      const elements = ev.list(list)
      if (elements.length < 2) return elements
      const less = ev.fn(comparator)
      const before = (a: Lazy, b: Lazy) => ev.bool(apply(ev, less, [a, b], 0))
      return elements.slice().sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0))
    },
  },
  tail: {
    args: ["list"],
    strict: 1,
    doc: "Return all but the first element of a list.",
    call: (ev, list) => {
      const elements = ev.list(list)
      if (elements.length === 0)
        return ev.fail("index-out-of-bounds", "'builtins.tail' called on an empty list")
      return elements.slice(1)
    },
  },
  zipAttrsWith: {
    args: ["f", "list"],
    strict: 2,
    doc: "Join a list of sets into one: each name gets `f name values`, with the values of that name in order.",
    call: (ev, f, list) => zipAttrsWith(ev, ev.fn(f), ev.list(list)),
  },
}

function concat(lists: readonly NixList[]): NixList {
  const filled = lists.filter(list => list.length > 0)
  if (filled.length === 1) return filled[0]
  return filled.length === 0 ? [] : ([] as Lazy[]).concat(...(filled as Lazy[][]))
}

function genericClosure(ev: Evaluator, settings: Attrs): Value {
  const queue = [...ev.list(needed(ev, settings, START_SET))]
  if (queue.length === 0) return []
  const operator = ev.fn(needed(ev, settings, OPERATOR))
  const seen = new Keys(ev)
  const result: Lazy[] = []
  for (let at = 0; at < queue.length; at++) {
    const element = ev.attrs(queue[at])
    if (!seen.add(force(ev, needed(ev, element, KEY)))) continue
    result.push(element)
    for (const next of ev.list(apply(ev, operator, [element], 0))) queue.push(next)
  }
  return result
}

function needed(ev: Evaluator, attrs: Attrs, symbol: Sym): Lazy {
  return attrs.get(symbol) ?? ev.fail("missing-attribute", `attribute '${nameOf(symbol)}' missing`)
}

/** The keys that were met. Texts, by far the commonest, are hashed; others are compared one by one. */
class Keys {
  private readonly texts = new Set<string>()
  private readonly others: Value[] = []

  constructor(private readonly ev: Evaluator) {}

  /** Whether the key is new. */
  add(key: Value): boolean {
    if (typeof key === "string" && this.others.length === 0) {
      const before = this.texts.size
      return this.texts.add(key).size > before
    }
    const all = [...this.others, ...this.texts]
    // Keys must be comparable with one another; this is where Nix finds out that they are not.
    for (const other of all) compareValues(this.ev, key, other, 0)
    if (all.some(other => equalValues(this.ev, key, other))) return false
    this.others.push(key)
    return true
  }
}

function zipAttrsWith(ev: Evaluator, fn: Value, sets: NixList): Value {
  const found = new Map<Sym, Lazy[]>()
  for (const place of sets) {
    const set = force(ev, place)
    if (!(set instanceof Attrs)) return ev.fail("type", expected(ev, "a set", set))
    const keys = set.shape.keys
    for (let slot = 0; slot < set.size; slot++) {
      const values = found.get(keys[slot])
      if (values === undefined) found.set(keys[slot], [set.values[slot]])
      else values.push(set.values[slot])
    }
  }
  const values = Array.from(found, ([symbol, list]) => delayCall(ev, fn, nameOf(symbol), list))
  return attrsFrom([...found.keys()], values)
}
