// Programs as people write them: functions that are bound once and called in several places, that call each other and
// themselves, fixed points and overlays, packages whose arguments are found by name.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

/** What `f` (of one argument), `g` (of two) and `h` (of a set with `a`) may be. */
function library(g: Generator): Expression {
  const body = (parameters: readonly string[], calls: readonly string[]) =>
    g.random.chance(0.35)
      ? text(g.random.pick(calls))
      : g.within(
          parameters.map(name => ({ name, kind: undefined })),
          () => g.any(),
        )
  const f = code`x: ${body(["x"], ["x", "x + 1", "[ x ]", "{ inherit x; }", "x.a", '"<${x}>"', "throw x", "builtins.typeOf x"])}`
  const two = code`x: y: ${body(["x", "y"], ["f x", "[ (f x) y ]", "{ ${x} = y; }", "x y", "x // y", "if x == y then f y else x", "map x y", "x.${y} or y", "x + y"])}`
  const fallback = g.random.pick(["f a", "g a a", "a", "1", "c", 'throw "no b"'])
  const rest = g.random.pick(["", ", ...", ", c ? b", ", c ? b, ..."])
  const h = code`{ a, b ? ${fallback}${rest} }: ${body(["a", "b"], ["[ a b ]", "{ inherit a b; }", "f b", "g a b", "h { inherit a; }.b"])}`
  const bindings = g.random.shuffled([piece`f = ${f}; `, piece`g = ${two}; `, piece`h = ${h}; `])
  return atom`{ ${bindings}}`
}

/** A call of one of them, complete or not. */
function call(g: Generator): Expression {
  const inner = () => (g.random.chance(0.3) ? call(g) : g.any())
  return g.random.pick([
    () => code`f ${inner()}`,
    () => code`g ${inner()} ${inner()}`,
    () => code`g ${inner()}`,
    () => code`h { a = ${inner()}; }`,
    () => code`h { a = ${inner()}; b = ${inner()}; }`,
    () => code`h ({ a = 1; } // ${g.of("attrs")})`,
    () => code`h { }`,
    () => code`map f ${g.of("list")}`,
    () => code`map (g ${inner()}) ${g.of("list")}`,
    () => code`map h [ { a = ${inner()}; } { a = 2; c = 3; } ]`,
    () => code`builtins.mapAttrs g ${g.of("attrs")}`,
    () => code`builtins.mapAttrs (_: f) ${g.of("attrs")}`,
    () => code`builtins.foldl' g ${inner()} ${g.of("list")}`,
    () => code`builtins.concatMap (g ${inner()}) ${g.of("list")}`,
    () => code`builtins.genList f 3`,
    () => code`builtins.sort g ${g.of("list")}`,
    () => code`builtins.filter (g ${inner()}) ${g.of("list")}`,
    () => code`${inner()} |> f |> g ${inner()}`,
    () => code`(if ${g.of("bool")} then f else g ${inner()}) ${inner()}`,
    () => code`g f ${inner()}`,
    () => code`g (g ${inner()}) ${inner()}`,
    () => code`g (x: x) ${inner()}`,
    () => code`(g f ${inner()}).a or f`,
    () => code`"\${f ${inner()}} \${g ${inner()} ${inner()}}"`,
    () => code`assert f ${inner()}; 1`,
    () => code`with { f = 1; x = 2; }; f x`,
    () => code`builtins.functionArgs h`,
    () => code`[ f g h ] == [ f g h ]`,
    () => code`f f`,
    () => code`f ${inner()} ${inner()}`,
    () => code`f (throw "asked")`,
    () => code`builtins.seq (f ${inner()}) ${inner()}`,
    () => code`(builtins.tryEval (f ${inner()})).value`,
    () => code`builtins.addErrorContext "of mine" (f ${inner()})`,
    () => code`f (builtins.trace "asked" ${inner()})`,
  ])()
}

const boundFunctions: Make = g => {
  const body = g.random.chance(0.5) ? call(g) : atom`[ ${g.random.some(1, 3, () => piece`${call(g)} `)}]`
  const made = library(g)
  return g.random.pick([
    () => code`let inherit (rec ${made}) f g h; in ${body}`,
    () => code`let ${made.parts.slice(1, -1)}in ${body}`,
    () => code`with rec ${made}; ${body}`,
    () => code`(rec ${made}).${g.random.pick(["f", "g 1", "h"])} ${g.any()}`,
    () => code`builtins.deepSeq (let ${made.parts.slice(1, -1)}in ${body}) 1`,
  ])()
}

const fix = "fix = f: let x = f x; in x; extends = o: f: final: let prev = f final; in prev // o final prev; "

/** Sets that refer to themselves as they are in the end, and to what they were. */
function overlays(g: Generator): Expression {
  const value = (names: readonly string[]) =>
    g.random.chance(0.6)
      ? text(
          g.random.pick(names.flatMap(name => [`${name}.a`, `${name}.b`, `[ ${name}.c ]`, `${name}.a or 1`])),
        )
      : g.any()
  const set = (names: readonly string[]) =>
    atom`{ ${g.random
      .shuffled(["a", "b", "c"])
      .slice(0, 1 + g.random.below(3))
      .map(name => piece`${name} = ${value(names)}; `)}}`
  const base = code`self: ${set(["self"])}`
  const layers = g.random.some(0, 2, () => code`extends (final: prev: ${set(["final", "prev"])})`)
  const whole = layers.reduce((below, layer) => code`${layer.parts} (${below.parts})`, base)
  const question = g.random.pick([".a", ".b or 2", "", " // { d = 1; }"])
  return code`let ${fix}in (fix (${whole.parts}))${question}`
}

/** Functions whose arguments come by name, and that can be called again with others. */
function overridable(g: Generator): Expression {
  const parameters = g.random.pick(["a, b ? 1", "a, b, ...", "a ? b, b", "a, z ? 1", "z", "a, b, c"])
  const body = g.random.pick([
    "{ r = a; }",
    "{ r = [ a b ]; }",
    "{ inherit a; r = b; }",
    "[ a ]",
    "{ r = throw a; }",
  ])
  const changed = atom`{ ${g.random.pick(["a", "b", "z"])} = ${g.any()}; }`
  const question = g.random.pick([
    () => code`call pkg { }`,
    () => code`(call pkg ${changed}).r`,
    () => code`((call pkg { }).override ${changed}).r`,
    () => code`(((call pkg { }).override { a = 5; }).override ${changed}).r`,
    () => code`(call (import ./world/function.nix) ${changed}).r`,
    () => code`builtins.attrNames (call pkg { })`,
  ])()
  const around =
    "make = f: args: let r = f args; in r // { override = new: make f (args // new); }; " +
    "call = f: args: make f (builtins.intersectAttrs (builtins.functionArgs f) scope // args); "
  return code`let scope = { a = ${g.any()}; b = ${g.any()}; c = scope.a; }; ${around}pkg = { ${parameters} }: ${body}; in ${question}`
}

/** Functions that walk through whatever they are given. */
function walk(g: Generator): Expression {
  const leaf = g.random.pick(["v", "[ v ]", "toString v", "v + 1", "throw (toString v)", "builtins.typeOf v"])
  const walker = g.random.pick([
    `walk = v: if builtins.isAttrs v then builtins.mapAttrs (_: walk) v else if builtins.isList v then map walk v else ${leaf}; `,
    `walk = v: if builtins.isAttrs v then builtins.concatMap walk (builtins.attrValues v) else [ (${leaf}) ]; `,
    `walk = v: if v ? a then walk v.a else if builtins.isList v && v != [ ] then walk (builtins.head v) else ${leaf}; `,
    `merge = a: b: a // builtins.mapAttrs (n: v: if a ? \${n} && builtins.isAttrs v && builtins.isAttrs a.\${n} then merge a.\${n} v else v) b; walk = v: merge v { a = 1; b.c = ${g.random.pick(["2", "v", '"x"'])}; }; `,
    `walk = v: builtins.foldl' (acc: x: acc // { \${toString x} = ${leaf}; }) { } v; `,
    `walk = v: builtins.concatStringsSep "," (map (n: "\${n}=\${toString v.\${n}}") (builtins.attrNames v)); `,
  ])
  return code`let ${walker}in walk ${g.of(g.random.pick(["attrs", "attrs", "list"] as const))}`
}

export const programs: readonly Weighted<Make>[] = [
  { weight: 3, item: boundFunctions },
  { weight: 1, item: overlays },
  { weight: 1, item: overridable },
  { weight: 1, item: walk },
]
