// How builtins are called: what each argument should be, and what comes back. A row is one builtin; from its rows come
// full calls, calls with an argument too few (which are functions), and calls with an argument that does not fit.

import { code, type Expression, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"
import { type Kind, kinds } from "./kind.js"

export type Argument = Kind | "any" | "number" | Make

export interface Signature {
  readonly name: string
  readonly arguments: readonly Argument[]
  readonly result: Kind | "any"
  readonly weight: number
}

export function builtin(
  name: string,
  args: readonly Argument[],
  result: Kind | "any",
  weight = 1,
): Signature {
  return { name, arguments: args, result, weight }
}

/** An argument, which does not fit once in forty times. */
function argumentOf(g: Generator, argument: Argument): Expression {
  if (g.random.chance(0.025)) return g.any()
  if (argument === "any") return g.any()
  if (argument === "number") return g.number()
  return typeof argument === "string" ? g.of(argument) : argument(g)
}

/** A function from arguments of these kinds. */
export function functionOf(parameters: readonly (Kind | undefined)[], result: Argument): Make {
  return g => {
    if (g.random.chance(0.05)) return g.of("function")
    return g.lambda(parameters, () => argumentOf(g, result))
  }
}

export function listFrom(make: (g: Generator) => Expression, most = 4): Make {
  return g => {
    if (g.random.chance(0.1)) return g.of("list")
    const elements = g.random.some(0, most, () => ({ role: "piece" as const, parts: [make(g), " "] }))
    return { role: "expression", atom: true, parts: ["[ ", ...elements, "]"] }
  }
}

export function ofKind(kind: Kind): Make {
  return g => g.of(kind)
}

export function oneOf(...sources: readonly string[]): Make {
  return g => text(g.random.pick(sources))
}

/** Mostly one of the strings, which are written as they stand between quotes. */
export function stringOf(...contents: readonly string[]): Make {
  return g => (g.random.chance(0.12) ? g.of("string") : text(`"${g.random.pick(contents)}"`))
}

/** Forms of each kind that call a builtin of the rows. */
export function callsOf(rows: readonly Signature[]): (kind: Kind) => Weighted<Make>[] {
  return kind => {
    const returning = rows.flatMap(row => {
      const weight = row.result === kind ? row.weight : row.result === "any" ? row.weight * 0.15 : 0
      return weight === 0 ? [] : [{ weight, item: (g: Generator) => call(g, row) }]
    })
    if (kind !== "function") return returning
    const open = rows.filter(row => row.arguments.length > 0)
    return [...returning, { weight: 2, item: g => partialCall(g, g.random.pick(open)) }]
  }
}

function call(g: Generator, row: Signature): Expression {
  const args = row.arguments.map(argument => argumentOf(g, argument))
  if (args.length === 0) return written(g, row.name)
  return code`${written(g, row.name)}${args.flatMap(argument => [" ", argument])}`
}

function partialCall(g: Generator, row: Signature): Expression {
  const count = g.random.below(row.arguments.length)
  const args = row.arguments.slice(0, count).map(argument => argumentOf(g, argument))
  const fn = written(g, row.name)
  return args.length === 0 ? fn : code`${fn}${args.flatMap(argument => [" ", argument])}`
}

/** These have a global name of their own; all others have one with underscores. */
const bareNames = new Set([
  "abort",
  "baseNameOf",
  "dirOf",
  "isNull",
  "map",
  "placeholder",
  "removeAttrs",
  "toString",
])

function written(g: Generator, name: string): Expression {
  if (bareNames.has(name)) return text(g.random.chance(0.5) ? name : `builtins.${name}`)
  return text(
    g.random.chance(0.03) && name !== "import" && name !== "outputOf" ? `__${name}` : `builtins.${name}`,
  )
}

/** A value of any kind, each equally likely. */
export const anyKind: Make = g => g.of(g.random.pick(kinds))
