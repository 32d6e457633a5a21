// Operators: chains without parentheses, so that precedence and associativity are tried, and each with operands that suit it.

import { code, type Expression } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"
import { type Kind, kinds } from "./kind.js"
import { attributePath } from "./sets.js"

type Operands = (g: Generator) => Expression

/** `a OP b`, or longer, with any of the operators between any two. */
function chain(operators: readonly string[], operand: Operands): Make {
  return g => {
    let made = code`${operand(g)} ${g.random.pick(operators)} ${operand(g)}`
    while (g.random.chance(0.25))
      made = { ...made, parts: [...made.parts, ` ${g.random.pick(operators)} `, operand(g)] }
    return made
  }
}

const of =
  (kind: Kind): Operands =>
  g =>
    g.of(kind)

/** Two values that are often of one kind, and now and then the same. */
function comparison(operators: readonly string[], suitable: readonly Kind[]): Make {
  return g => {
    const kind = g.random.pick(suitable)
    const left = g.of(kind)
    const right = g.random.chance(0.15) ? left : g.random.chance(0.9) ? g.of(kind) : g.any()
    return code`${left} ${g.random.pick(operators)} ${right}`
  }
}

const everyKind = kinds.filter(kind => kind !== "derivation")
const ordered: readonly Kind[] = ["int", "float", "string", "path", "list"]

function hasAttribute(g: Generator): Expression {
  return code`${g.of("attrs")} ? ${attributePath(g)}`
}

function mixedLogic(g: Generator): Expression {
  return code`${g.of("bool")} && ${g.of("bool")} || !${g.of("bool")} -> ${g.of("bool")}`
}

/** `x |> f` and `f <| x`. */
export function pipe(g: Generator, kind: Kind): Expression {
  const argument = g.kind()
  const made = () => g.lambda([argument], () => g.of(kind))
  if (g.random.chance(0.3)) return code`${made()} <| ${g.of(argument)}`
  return code`${g.of(argument)} |> ${made()}`
}

export const operatorForms: Readonly<Partial<Record<Kind, readonly Weighted<Make>[]>>> = {
  int: [
    { weight: 3, item: chain(["+", "-", "*"], of("int")) },
    { weight: 1, item: chain(["+", "-", "*", "/"], of("int")) },
    { weight: 0.5, item: g => code`-${g.of("int")}` },
  ],
  float: [
    { weight: 3, item: chain(["+", "-", "*", "/"], g => g.number()) },
    { weight: 0.5, item: g => code`-${g.of("float")}` },
  ],
  bool: [
    { weight: 2, item: chain(["&&", "||"], of("bool")) },
    { weight: 1, item: chain(["->"], of("bool")) },
    { weight: 1, item: g => code`!${g.of("bool")}` },
    { weight: 0.5, item: mixedLogic },
    { weight: 4, item: comparison(["==", "!="], everyKind) },
    { weight: 3, item: comparison(["<", "<=", ">", ">="], ordered) },
    { weight: 0.3, item: comparison(["<", "<=", ">", ">="], everyKind) },
    { weight: 2, item: hasAttribute },
  ],
  string: [
    { weight: 3, item: chain(["+"], of("string")) },
    { weight: 0.7, item: g => code`${g.of("string")} + ${g.of("path")}` },
    { weight: 0.3, item: g => code`${g.of("derivation")} + ${g.of("string")}` },
  ],
  path: [
    { weight: 2, item: g => code`${g.of("path")} + ${g.of("string")}` },
    { weight: 0.5, item: g => code`${g.of("path")} + ${g.of("path")}` },
  ],
  list: [{ weight: 3, item: chain(["++"], of("list")) }],
  attrs: [{ weight: 3, item: chain(["//"], of("attrs")) }],
}
