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

/** Where a variable is, seen from code: in the frame `depth` further out. */
interface Variable {
  readonly depth: number
  readonly slot: number
}

const variablesOfCode = new Map<number, ReadonlyMap<string, Variable>>()

/** Where a function is written. */
export function placeOfFunction({ pc }: Lambda): Place | undefined {
  return placeOf(spanOf(pc))
}

/** The variable that a function has captured under a name. */
export function capturedVariable(lambda: Lambda, name: string): Lazy | undefined {
  const variable = variablesAround(lambda).get(name)
  return variable && valueOf(lambda, variable)
}

/** All variables that a function has captured. */
export function capturedVariables(lambda: Lambda): Lazy[] {
  return Array.from(variablesAround(lambda).values(), variable => valueOf(lambda, variable)).filter(
    value => value !== undefined,
  )
}

function variablesAround({ pc }: Lambda): ReadonlyMap<string, Variable> {
  let variables = variablesOfCode.get(pc)
  if (variables === undefined) {
    variables = findVariables(pc)
    variablesOfCode.set(pc, variables)
  }
  return variables
}

function valueOf({ env }: Lambda, { depth, slot }: Variable): Lazy | undefined {
  const found = mem[frameAt(env, depth) + slot]
  return found === 0 ? undefined : unbox(found)
}

function findVariables(pc: number): ReadonlyMap<string, Variable> {
  const span = spanOf(pc)
  const source = sourceOf(span)
  if (source === undefined) return new Map()
  let found: Scope | undefined
  const onLambda = (start: number, scope: Scope) => {
    if (start === span - source.base) found = scope.outer
  }
  const settings = { source, globals: globalNumbers, onLambda, onFault: () => {} }
  scratch(() => encode(parse(source.text).tree, settings))
  return variablesOf(found)
}

/** All names that are visible in a scope, the innermost of each. */
function variablesOf(innermost: Scope | undefined): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>()
  let depth = 0
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    for (const [name, slot] of scope.names) if (!variables.has(name)) variables.set(name, { depth, slot })
    if (scope.kind !== "merged") depth++
  }
  return variables
}
