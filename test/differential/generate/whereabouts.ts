// Where attributes were written, after something was done to the set, and names that are reached in unusual ways.

import { atom, code, type Expression, piece } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

const changes = [
  "s",
  "(s // { b = 2; })",
  "({ b = 2; } // s)",
  '(removeAttrs s [ "b" ])',
  "(builtins.mapAttrs (n: v: v) s)",
  "(builtins.intersectAttrs s { a = 1; b = 2; })",
  "(builtins.intersectAttrs { a = 1; e = 2; } s)",
  '(builtins.listToAttrs [ { name = "a"; value = s.a; } ])',
  "(builtins.functionArgs ({ a, b ? 1, ... }: a))",
  "(builtins.zipAttrsWith (n: vs: vs) [ s { a = 2; } ])",
  '(builtins.groupBy (x: "a") [ s ])',
  "(builtins.partition (x: true) [ ])",
  "(builtins.head [ s ])",
  "(rec { inherit (s) a; b = a; })",
  "(let inherit (s) a; in { inherit a; })",
  "(import ./world/lib.nix)",
  "(builtins.tryEval s)",
  "((x: x) s)",
]

/** The places of all attributes of a set. */
function places(g: Generator): Expression {
  const value = g.leaf(g.kind())
  const s = piece`{ a = ${value}; b.c = 1; ${g.random.pick(['"a b" = 1; ', '${"e"} = 2; ', "b.d = 3;\n", ""])}inherit (builtins) ${g.random.pick(["add", "sub"])}; }`
  const changed = g.random.pick(changes)
  return code`let s = ${s}; t = ${changed}; in map (n: builtins.unsafeGetAttrPos n t) (builtins.attrNames t)`
}

/** One set in many bindings: nested, recursive, with names that are computed, and inherited ones. */
function mergedBindings(g: Generator): Expression {
  const inner = () =>
    g.random.pick([
      () => piece`a.b = ${g.leaf("int")}; `,
      () => piece`a = { c = ${g.leaf("int")}; }; `,
      () => piece`a = rec { d = ${g.leaf("int")}; e = d; }; `,
      () => piece`a.f.g = ${g.leaf("string")}; `,
      () => piece`a = { f.h = ${g.leaf("string")}; }; `,
      () => piece`a.f = { i = ${g.leaf("bool")}; }; `,
      () => piece`a.\${${g.leaf("string")}} = 1; `,
      () => piece`a = { inherit (builtins) length; }; `,
      () => piece`\${${g.leaf("string")}}.x = 2; `,
      () => piece`b = a; `,
      () => piece`inherit (a) ${g.random.pick(["b", "c", "d"])}; `,
    ])()
  const form = g.random.pick(["rec ", "", "let "])
  const bindings = g.random.some(1, 5, inner)
  if (form === "let ") return code`let ${bindings}in { r = a; }`
  return atom`${form}{ ${bindings}}`
}

/** `or` is a name in some places, and a call in others. */
function oddOr(g: Generator): Expression {
  const value = g.leaf(g.kind())
  return g.random.pick([
    () => atom`{ or = ${value}; }`,
    () => code`{ or = ${value}; }.or`,
    () => code`({ } // { or = ${value}; }) ? or`,
    () => code`{ a.or = ${value}; }.a.or or 1`,
    () => atom`[ ((x: x) or) ]`,
    () => code`let or = x: x; in [ (or ${value}) ]`,
    () => code`(x: y: [ x y ]) ${value} or`,
    () => code`{ inherit ({ or = ${value}; }) or; }`,
    () => code`({ }).a.b or ({ }).c or ${value}`,
    () => code`builtins.getAttr "or" { or = ${value}; }`,
  ])()
}

/** What `with` gives, and what it does not hide. */
function nestedWiths(g: Generator): Expression {
  const [first, second] = g.names(2)
  const outer = piece`{ ${first} = ${g.leaf(g.kind())}; ${second ?? "z"} = 1; }`
  const inner = g.random.chance(0.8) ? piece`{ ${first} = ${g.any()}; }` : piece`${g.any()}`
  const body = g.random.pick([first, `[ ${first} ${second ?? "z"} ]`, "[ true (map or null) ]", "nope"])
  return g.random.chance(0.5)
    ? code`with ${outer}; with ${inner}; ${body}`
    : code`let ${first} = 7; in with ${inner}; ${body}`
}

/** Remarks where a token may end. */
function remarks(g: Generator): Expression {
  const remark = () =>
    g.random.pick(["/* x */", "/**/", "# x\n", "/** doc */", "\t", "\r\n", "/* * / */", " "])
  const [name] = g.names(1)
  return code`let${remark()} ${name}${remark()}=${remark()}${g.any()}${remark()};${remark()}in${remark()} [${remark()}${name}${remark()}(${g.leaf("int")}${remark()}+${remark()}1)${remark()}]`
}

export const whereaboutsOfLists: readonly Weighted<Make>[] = [
  { weight: 2, item: places },
  { weight: 0.7, item: nestedWiths },
  { weight: 1, item: remarks },
]

export const whereaboutsOfSets: readonly Weighted<Make>[] = [
  { weight: 2.5, item: mergedBindings },
  { weight: 0.7, item: oddOr },
]
