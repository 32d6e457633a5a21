// Looks into a function as a debugger does: finds the variables that it has captured, by name.
//
// Code has slots and no names. Names are found by encoding the function's file once more and stopping at the function, so that nobody
// else pays for them.

import { parse } from "../../syntax/index.js"
import { globalNumbers } from "../builtins/index.js"
import { frameAt } from "../interpreter/force.js"
import { mem } from "../values/heap.js"
import { type Lambda, type Lazy, unbox } from "../values/value.js"
import { scratch, spanOf } from "./code.js"
import { encode } from "./encode.js"
import type { Scope } from "./scope.js"
import { type Place, placeOf, sourceOf } from "./span.js"

interface Slot {
  readonly depth: number
  readonly slot: number
}

const slotsOfCode = new Map<number, ReadonlyMap<string, Slot>>()

/** Where a function is written. */
export function placeOfFunction({ pc }: Lambda): Place | undefined {
  return placeOf(spanOf(pc))
}

/** The variable that a function has captured under a name. */
export function capturedVariable(lambda: Lambda, name: string): Lazy | undefined {
  const place = slotsAround(lambda).get(name)
  return place === undefined ? undefined : variableAt(lambda, place)
}

/** All variables that a function has captured. */
export function capturedVariables(lambda: Lambda): Lazy[] {
  return [...slotsAround(lambda).values()].flatMap(place => {
    const variable = variableAt(lambda, place)
    return variable === undefined ? [] : [variable]
  })
}

function slotsAround({ pc }: Lambda): ReadonlyMap<string, Slot> {
  let slots = slotsOfCode.get(pc)
  if (slots === undefined) {
    slots = findSlots(pc)
    slotsOfCode.set(pc, slots)
  }
  return slots
}

function variableAt({ env }: Lambda, { depth, slot }: Slot): Lazy | undefined {
  const found = mem[frameAt(env, depth) + slot]
  return found === 0 ? undefined : unbox(found)
}

function findSlots(pc: number): ReadonlyMap<string, Slot> {
  const span = spanOf(pc)
  const source = sourceOf(span)
  if (source === undefined) return new Map()
  let found: Scope | undefined
  const onLambda = (start: number, scope: Scope) => {
    if (start === span - source.base) found = scope.outer
  }
  const settings = { source, globals: globalNumbers, onLambda, onFault: () => {} }
  scratch(() => encode(parse(source.text).tree, settings))
  return slotsOf(found)
}

/** All names that are visible in a scope, the innermost of each. */
function slotsOf(innermost: Scope | undefined): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>()
  let depth = 0
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    for (const [name, slot] of scope.names) if (!slots.has(name)) slots.set(name, { depth, slot })
    if (scope.kind !== "merged") depth++
  }
  return slots
}
