// `genericClosure`: everything reachable from some elements by an operator, breadth first, and each key once.

import { during, EvalError, missingAttribute, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { printInMessage } from "../formats/print.js"
import { call1 } from "../interpreter/call.js"
import { forceSlot } from "../interpreter/force.js"
import { listSlot, mem, type Slot, slotOf, slotsFrom, Tag } from "../values/heap.js"
import { shapeById } from "../values/shape.js"
import { intern, nameOf, type Sym } from "../values/symbol.js"
import { unbox, unboxValue } from "../values/value.js"
import { MetKeys } from "./met-keys.js"

const KEY = intern("key")
const START_SET = intern("startSet")
const OPERATOR = intern("operator")

/** @param settings address of the set that it is given */
export function genericClosure(ev: Evaluator, settings: number): Slot {
  const start = setting(settings, START_SET, slot => ev.listAt(slot))
  if (mem[start] === 0) return slotOf(start, Tag.List)
  const operator = setting(settings, OPERATOR, slot => ev.fnAt(slot))
  const queue = slotsFrom(start + 1, mem[start])
  const seen = new MetKeys(ev)
  const result: Slot[] = []
  for (let at = 0; at < queue.length; at++) {
    if (!isNew(ev, seen, queue[at])) continue
    result.push(queue[at])
    const next = following(ev, operator, queue[at])
    for (let i = 1; i <= mem[next]; i++) queue.push(mem[next + i])
  }
  return listSlot(result)
}

/** What `read` makes of an attribute that `genericClosure` is given. */
function setting(settings: number, name: Sym, read: (slot: Slot) => number): number {
  const slot = shapeById[mem[settings]].find(name)
  if (slot < 0) {
    const what = "in the attrset passed as argument to builtins.genericClosure"
    throw during(missingAttribute(nameOf(name)), what, 0)
  }
  try {
    return read(mem[settings + 1 + slot])
  } catch (error) {
    const what = `while evaluating the '${nameOf(name)}' attribute passed as argument to builtins.genericClosure`
    // A list is only named when it is none.
    const isNamed = name === OPERATOR || (error instanceof EvalError && error.culprit !== undefined)
    throw isNamed ? ownUp(error, what, 0) : error
  }
}

function isNew(ev: Evaluator, seen: MetKeys, element: Slot): boolean {
  const key = unboxValue(forceSlot(ev, keyOf(ev, element)))
  try {
    return seen.add(key, element)
  } catch (error) {
    const other = seen.elementUnlike(key)
    if (other === undefined) throw withElement(ev, error, "while checking key of element", element)
    throw withElement(ev, withElement(ev, error, "with element", other), "while comparing element", element)
  }
}

/** The place of the key of an element. */
function keyOf(ev: Evaluator, element: Slot): Slot {
  try {
    const at = ev.attrsAt(element)
    const slot = shapeById[mem[at]].find(KEY)
    if (slot < 0) throw missingAttribute("key")
    return mem[at + 1 + slot]
  } catch (error) {
    throw withElement(ev, error, "in genericClosure element", element)
  }
}

/** Address of the list of elements that follow one. */
function following(ev: Evaluator, operator: Slot, element: Slot): number {
  try {
    const next = call1(ev, operator, element, 0)
    const at = (next & 7) === Tag.List ? next >>> 2 : notAList(ev, next)
    for (let i = 1; i <= mem[at]; i++) forceSlot(ev, mem[at + i])
    return at
  } catch (error) {
    throw withElement(ev, error, "while calling operator on genericClosure element", element)
  }
}

function notAList(ev: Evaluator, found: Slot): number {
  try {
    return ev.listAt(found)
  } catch (error) {
    const what = "while evaluating the return value of the `operator` passed to builtins.genericClosure"
    throw ownUp(error, what, 0)
  }
}

function withElement(ev: Evaluator, error: unknown, what: string, element: Slot): unknown {
  return ownUp(error, `${what} ${printInMessage(ev, unbox(element))}`, 0)
}
