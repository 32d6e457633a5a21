// Shares package sets. A fleet that writes `import nixpkgs { inherit system; .. }` for each home means the same packages each time,
// and Nix makes them each time, including the bootstrap of their compiler.
//
// A program has no effects, so the same function of the same arguments gives the same value. To find out whether arguments are the
// same, no more is evaluated than the function itself is going to evaluate; functions among them are the same only if they are the
// same closure. A program could still notice, by traces or by comparing functions, so `canopy eval` makes every set anew.

import { ops, spanOf } from "../code/code.js"
import { EVALUATED_ARGUMENTS, SYSTEMS_FILE, UNSHARED_ARGUMENT } from "../code/package-function.js"
import { sourceOf } from "../code/span.js"
import { EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { mem, type Slot, Tag } from "../values/heap.js"
import { shapeById } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import { NixFloat, NixPath, objectAt } from "../values/value.js"
import { forceSlot } from "./force.js"
import { run } from "./run.js"

/** A package set, and the call that made it. */
interface MadeSet {
  readonly pc: number
  /** The frame around the function. */
  readonly outer: number
  readonly args: Slot
  readonly value: Slot
}

/** Where package sets are kept, for evaluations that share them. */
export type PackageSets = MadeSet[]

const EVALUATED = EVALUATED_ARGUMENTS.map(intern)
const UNSHARED = intern(UNSHARED_ARGUMENT)

/** At most so many values of an argument are compared before it counts as different. A system of nixpkgs has hundreds. */
const MAX_LOOKS = 2000

/** Runs the body of nixpkgs' outermost function, or returns what it gave for the same arguments before. */
export function packageSet(ev: Evaluator, pc: number, env: number): Slot {
  const [body, whole] = [ops[pc + 2], ops[pc + 3]]
  const sets = ev.packageSets
  if (sets === undefined) return run(ev, body, env)
  const args = forceSlot(ev, mem[env + whole])
  const outer = mem[env]
  for (const made of sets)
    if (made.pc === pc && made.outer === outer && areSame(ev, made.args, args)) return made.value
  const value = run(ev, body, env)
  if (valueOf(args, UNSHARED) === 0) sets.push({ pc, outer, args, value })
  return value
}

/** Whether two sets of arguments are known to be the same. If one fails, they are not, and the function itself will fail. */
function areSame(ev: Evaluator, a: Slot, b: Slot): boolean {
  const { depth } = ev
  try {
    return haveSameNames(a, b) && areSameArguments(ev, a, b)
  } catch (error) {
    ev.depth = depth
    if (error instanceof EvalError) return false
    throw error
  }
}

function haveSameNames(a: Slot, b: Slot): boolean {
  const [left, right] = [shapeById[mem[a >>> 2]], shapeById[mem[b >>> 2]]]
  if (left.size !== right.size) return false
  for (let slot = 0; slot < left.size; slot++) if (right.find(left.keyAt(slot)) < 0) return false
  return true
}

function areSameArguments(ev: Evaluator, a: Slot, b: Slot): boolean {
  const others = Array.from(shapeById[mem[a >>> 2]].keys).filter(name => !EVALUATED.includes(name))
  if (!others.every(name => valueOf(a, name) === valueOf(b, name))) return false
  return EVALUATED.every(name => new Comparison(ev).same(valueOf(a, name), valueOf(b, name)))
}

/** The slot of an attribute; 0 where there is none. */
function valueOf(set: Slot, name: number): Slot {
  const at = set >>> 2
  const found = shapeById[mem[at]].find(name)
  return found < 0 ? 0 : mem[at + 1 + found]
}

/** Compares plain data, without the latitude of `==`: `1` is not `1.0`, and what refers to derivations is only itself. */
class Comparison {
  private looks = 0

  constructor(private readonly ev: Evaluator) {}

  same(a: Slot, b: Slot): boolean {
    if (a === b) return true
    if (a === 0 || b === 0 || ++this.looks > MAX_LOOKS) return false
    const [left, right] = [forceSlot(this.ev, a), forceSlot(this.ev, b)]
    if (left === right) return true
    switch (left & 7) {
      case Tag.Attrs:
        return (right & 7) === Tag.Attrs && this.sameSets(left, right)
      case Tag.List:
        return (right & 7) === Tag.List && this.sameLists(left >>> 2, right >>> 2)
      case Tag.Lambda:
        return (right & 7) === Tag.Lambda && areSameFunctions(left >>> 2, right >>> 2)
      case Tag.Int:
        return false
      default:
        return (right & 7) > Tag.Int && areSameScalars(objectAt(left), objectAt(right))
    }
  }

  private sameSets(a: Slot, b: Slot): boolean {
    if (!haveSameNames(a, b)) return false
    return shapeById[mem[a >>> 2]].keys.every(name => this.same(valueOf(a, name), valueOf(b, name)))
  }

  private sameLists(a: number, b: number): boolean {
    if (mem[a] !== mem[b]) return false
    for (let i = 1; i <= mem[a]; i++) if (!this.same(mem[a + i], mem[b + i])) return false
    return true
  }
}

function areSameFunctions(a: number, b: number): boolean {
  return mem[a] === mem[b] && (mem[a + 1] === mem[b + 1] || isOfSystem(mem[a]))
}

function isOfSystem(pc: number): boolean {
  return sourceOf(spanOf(pc))?.file.endsWith(SYSTEMS_FILE) === true
}

function areSameScalars(a: unknown, b: unknown): boolean {
  if (a instanceof NixPath) return b instanceof NixPath && a.path === b.path
  if (a instanceof NixFloat) return b instanceof NixFloat && a.value === b.value
  return typeof a !== "object" && a === b
}
