// Sets that can be called, wherever a function is asked for; functions of formals, with defaults that need each other; and
// builtins that call back, given what is nearly the function that they want.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

/** A set that is called as `body` would be. */
function functor(g: Generator, body: Expression): Expression {
  const self = g.random.pick([
    () => code`self: ${body}`,
    () => code`_: ${body}`,
    () => atom`{ __functor = self: self2: ${body}; }`,
    () => code`{ ... }: ${body}`,
    () => code`{ a, ... }: ${body}`,
    () => code`x: y: ${body} y`,
    () => g.any(),
  ])()
  const beside = g.random.pick(["", "a = 1; ", "__functionArgs = { a = true; }; ", '__toString = s: "t"; '])
  return atom`{ __functor = ${self}; ${beside}}`
}

const callbacks: readonly (readonly [call: string, bodies: readonly string[]])[] = [
  ["map F [ 1 2 ]", ["x: x", "x: [ x ]", "{ a }: a", "throw"]],
  ["builtins.filter F [ 1 2 3 ]", ["x: x > 1", "x: x", "x: null", "x: true"]],
  [
    "builtins.sort F [ 3 1 2 1 ]",
    ["a: b: a < b", "a: b: true", "a: b: a", "a: b: a <= b", "a: throw (toString a)"],
  ],
  ["builtins.foldl' F 0 [ 1 2 ]", ["a: b: a + b", "a: b: throw (toString b)", "a: 1"]],
  ["builtins.genList F 3", ["i: i", "i: { inherit i; }", "i: throw (toString i)"]],
  ['builtins.mapAttrs F { a = 1; b = "x"; }', ["n: v: n", "n: v: v + 1", "n: 1", "{ a }: a"]],
  [
    "builtins.zipAttrsWith F [ { a = 1; } { a = 2; b = 3; } ]",
    ["n: vs: vs", "n: builtins.length", "n: vs: n + 1"],
  ],
  ["builtins.concatMap F [ 1 2 ]", ["x: [ x x ]", "x: x", "x: { }"]],
  ["builtins.any F [ 1 2 ]", ["x: x > 1", "x: x", "x: throw (toString x)"]],
  ["builtins.all F [ 1 2 ]", ["x: x > 0", "x: 1"]],
  ["builtins.partition F [ 1 2 3 ]", ["x: x > 1", "x: x"]],
  ["builtins.groupBy F [ 1 2 3 ]", ["x: toString x", "x: x", 'x: "${./world/text.txt}"']],
  [
    "builtins.genericClosure { startSet = [ { key = 1; } ]; operator = F; }",
    [
      "x: [ ]",
      "x: [ { } ]",
      "x: 1",
      "x: [ 1 ]",
      'x: [ { key = "a"; } ]',
      "x: if x.key < 3 then [ { key = x.key + 1; } ] else [ ]",
    ],
  ],
  ["builtins.filterSource F ./world/folder", ["p: t: true", "p: t: 1", "p: true", 'p: t: t == "directory"']],
  ["builtins.path { path = ./world; filter = F; }", ["p: t: false", "p: t: throw t", "p: baseNameOf p"]],
  ["builtins.functionArgs F", ["{ a, b ? 1 }: a", "x: x", "map"]],
  ["builtins.toXML F", ["{ a, b ? 1, ... }@c: a", "x: x", "{ }: 1"]],
  ['builtins.addErrorContext (F 1) (throw "z")', ["x: toString x", "x: x"]],
  ["toString { __toString = F; }", ['x: "s"', "x: 1", "x: { outPath = 2; }", "x: x.y"]],
  ["F F", ["x: builtins.isFunction x", "x: x == x", "x: y: x"]],
  ["[ F ] == [ F ]", ["x: x"]],
  ["(F 1).a or 2", ["x: { a = x; }", "x: x", "x: { }"]],
  ["F { a = 1; }", ["{ a }: a", "{ }: 1", "{ a, b }: a", "{ a, b ? c, c ? b }: b", "{ a ? 2, ... }@b: b"]],
  ["1 |> F |> F", ["x: x + 1", "x: [ x ]", "{ a }: a"]],
  ["F <| F <| 1", ["x: x + 1", "x: { a = x; }"]],
]

function callback(g: Generator): Expression {
  const [call, bodies] = g.random.pick(callbacks)
  const body = text(`(${g.random.pick(bodies)})`)
  const fn = g.random.chance(0.5) ? functor(g, body) : g.random.chance(0.9) ? body : g.any()
  const [first = "", ...rest] = call.split(/\bF\b/)
  return g.random.chance(0.4)
    ? code`let f = ${fn}; in ${call.replace(/\bF\b/g, "f")}`
    : code`${first}${rest.flatMap(part => [fn, part])}`
}

const defaults = [
  "a",
  "b",
  "c",
  "x",
  "all",
  "all.a",
  "all.b or 1",
  "1",
  '"s"',
  "{ inherit a; }",
  "[ b c ]",
  'throw "d"',
  "null",
]

/** Parameters whose defaults lead to each other, to the whole set, or round and round. */
function dependentDefaults(g: Generator): Expression {
  const names = g.random.shuffled(["a", "b", "c"]).slice(0, 1 + g.random.below(3))
  const formals = names.map(name =>
    g.random.chance(0.8) ? piece`${name} ? ${g.random.pick(defaults)}, ` : piece`${name}, `,
  )
  const given = names.filter(() => g.random.chance(0.25)).map(name => piece`${name} = ${g.any()}; `)
  const body = g.random.pick([
    ...names,
    `[ ${names.join(" ")} ]`,
    "all",
    "{ inherit (all) a; }",
    "builtins.attrNames all",
  ])
  const rest = g.random.chance(0.3) ? "..." : ""
  return code`let x = 7; in (all@{ ${formals}${rest} }: ${body}) { ${given}${g.random.chance(0.1) ? "z = 1; " : ""}}`
}

export const functorForms: readonly Weighted<Make>[] = [
  { weight: 2, item: callback },
  { weight: 1, item: dependentDefaults },
]
