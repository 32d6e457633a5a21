// Expressions around an expression: the value is that of the inner one, or fails, or comes by a detour.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator } from "./generator.js"
import type { Kind } from "./kind.js"
import { pipe } from "./operators.js"
import { doubtfulSelection, listOf, recursiveBindings, selection } from "./sets.js"

/** A way to make an expression of any kind that is wanted. */
type Around = (g: Generator, kind: Kind) => Expression

const letIn: Around = (g, kind) => {
  const names = g.names(3).map(name => ({ name, kind: g.kind() }))
  const bindings = recursiveBindings(g, names)
  return code`let ${bindings}in ${g.within(names, () => g.of(kind))}`
}

const oldLet: Around = (g, kind) => {
  const names = g.names(2).map(name => ({ name, kind: g.kind() }))
  const bindings = recursiveBindings(g, names)
  return atom`let { ${bindings}body = ${g.within(names, () => g.of(kind))}; }`
}

const withIn: Around = (g, kind) => {
  const names = g.names(3).map(name => ({ name, kind: g.kind() }))
  const bindings = names.map(({ name, kind: bound }) => piece`${name} = ${g.of(bound)}; `)
  return code`with { ${bindings}}; ${g.within(names, () => g.of(kind))}`
}

const ifThenElse: Around = (g, kind) => code`if ${g.of("bool")} then ${g.of(kind)} else ${g.of(kind)}`

const asserted: Around = (g, kind) => {
  const condition = g.random.chance(0.7) ? code`${g.of("bool")} || true` : g.onOneLine(() => g.of("bool"))
  return code`assert ${condition}; ${g.of(kind)}`
}

const application: Around = (g, kind) => {
  const argument = g.kind()
  const fn = g.lambda([argument], () => g.of(kind))
  return code`${fn} ${g.of(argument)}`
}

const laterApplication: Around = (g, kind) => {
  const [first, second] = [g.kind(), g.kind()]
  const fn = g.lambda([first, second], () => g.of(kind))
  return code`${fn} ${g.of(first)} ${g.of(second)}`
}

/** A function with formals, and a set that mostly fits them. */
const formalApplication: Around = (g, kind) => {
  const names = g.names(4).map(name => ({ name, kind: g.kind() }))
  const formals = names.flatMap(({ name, kind: bound }, i) => {
    const fallback = g.random.chance(0.3) ? [" ? ", g.within(names.slice(0, i), () => g.of(bound))] : []
    return [piece`${name}${fallback}, `]
  })
  const ellipsis = g.random.chance(0.4) ? "..." : ""
  const whole = g.random.chance(0.3) ? "all" : undefined
  const inside = whole === undefined ? names : [...names, { name: whole, kind: "attrs" as const }]
  const body = g.within(inside, () => g.of(kind))
  const given = names.map(({ name, kind: bound }) =>
    g.random.chance(0.1) ? piece`` : piece`${name} = ${g.of(bound)}; `,
  )
  const surplus = g.random.chance(ellipsis === "" ? 0.05 : 0.5) ? piece`more = ${g.any()}; ` : piece``
  const pattern =
    whole === undefined
      ? piece`{ ${formals}${ellipsis} }`
      : g.random.chance(0.5)
        ? piece`{ ${formals}${ellipsis} }@${whole}`
        : piece`${whole}@{ ${formals}${ellipsis} }`
  return code`(${pattern}: ${body}) { ${given}${surplus}}`
}

const functorCall: Around = (g, kind) => {
  const argument = g.kind()
  const fn = g.lambda([undefined, argument], () => g.of(kind))
  return code`{ __functor = ${fn}; a = ${g.any()}; } ${g.of(argument)}`
}

const tried: Around = (g, kind) => {
  const attempt = g.random.chance(0.3) ? code`throw ${g.of("string")}` : g.of(kind)
  return atom`(builtins.tryEval ${attempt}).value`
}

const forcing: Around = (g, kind) =>
  code`builtins.${g.random.pick(["seq", "deepSeq"])} ${g.any()} ${g.of(kind)}`

const told: Around = (g, kind) =>
  g.random.chance(0.5)
    ? code`builtins.addErrorContext ${telling(g)} ${g.of(kind)}`
    : code`builtins.${g.random.pick(["trace", "traceVerbose", "warn"])} ${g.random.chance(0.7) ? telling(g) : g.any()} ${g.of(kind)}`

/** Of several lines, or none, now and then: each way of telling has its own way with those. */
function telling(g: Generator): Expression {
  const lines = [
    '"two\\nlines"',
    '"a\\n\\n  b \\n"',
    '"\\n"',
    '"\\n\\na"',
    '""',
    '"à\\n"',
    "''\n  x\n    y\n''",
    '"tab\\tb"',
  ]
  return g.random.chance(0.4) ? text(g.random.pick(lines)) : g.of("string")
}

/** Where a debugger would stop. Only around constants: Nix gives back what is to be computed as it is, which no operator takes. */
const halted: Around = g =>
  code`builtins.break ${g.random.pick(["1", "1.5", '"s"', "true", "null", "./world"])}`

const elementOf: Around = (g, kind) => {
  const list = listOf(g, () => g.of(kind), 3)
  return g.random.chance(0.5)
    ? code`builtins.head ${list}`
    : code`builtins.elemAt ${list} ${String(g.random.below(3))}`
}

const failing: Around = g => (g.random.chance(0.7) ? code`throw ${telling(g)}` : code`abort ${telling(g)}`)

export const around: readonly Weighted<Around>[] = [
  { weight: 4, item: letIn },
  { weight: 0.5, item: oldLet },
  { weight: 2, item: withIn },
  { weight: 3, item: ifThenElse },
  { weight: 1.5, item: asserted },
  { weight: 2, item: application },
  { weight: 1, item: laterApplication },
  { weight: 3, item: formalApplication },
  { weight: 0.7, item: functorCall },
  { weight: 1.5, item: pipe },
  { weight: 2.5, item: selection },
  { weight: 1, item: doubtfulSelection },
  { weight: 0.7, item: tried },
  { weight: 1, item: forcing },
  { weight: 0.6, item: told },
  { weight: 0.1, item: halted },
  { weight: 1.5, item: elementOf },
  { weight: 0.25, item: failing },
]
