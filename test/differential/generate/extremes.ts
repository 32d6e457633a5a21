// The ends of things: integers where 64 bits end, functions that call themselves often, paths put together of odd parts.

import { code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

const edges = [
  "9223372036854775807",
  "(-9223372036854775807 - 1)",
  "9223372036854775806",
  "4611686018427387904",
  "(-4611686018427387904)",
  "3037000500",
  "9007199254740992",
  "2",
  "1",
  "0",
  "(-1)",
  "9.3e18",
  "(-9.223372036854775808e18)",
  "1.0e308",
  "0.5",
]

const edge = (g: Generator) => g.random.pick(edges)

/** Arithmetic that may leave the range, by operators and by builtins. */
function overflow(g: Generator): Expression {
  const [a, b] = [edge(g), edge(g)]
  const c = edge(g)
  return text(
    g.random.pick([
      `${a} + ${b}`,
      `${a} - ${b}`,
      `${a} * ${b}`,
      `${a} / ${b}`,
      `${a} + ${b} - ${c}`,
      `${a} * ${b} + ${c}`,
      `-${a}`,
      `builtins.add ${a} ${b}`,
      `builtins.sub ${a} ${b}`,
      `builtins.mul ${a} ${b}`,
      `builtins.div ${a} ${b}`,
      `builtins.foldl' (x: y: x * y) ${a} [ ${b} ${c} ]`,
      `builtins.foldl' builtins.add ${a} [ ${b} ${c} ]`,
      `builtins.ceil ${a}`,
      `builtins.floor (${a} * 1.0)`,
      `builtins.bitAnd ${a} ${b}`,
      `builtins.bitXor ${a} (builtins.bitOr ${b} ${c})`,
      `[ (${a} < ${b}) (${a} == ${b}) (${a} <= ${b} * 1.0) ]`,
      `builtins.substring ${a} ${b} "abc"`,
      `builtins.elemAt [ 1 2 ] ${a}`,
      `builtins.genList (i: i) ${g.random.pick(["(-1)", "0", "2", "1.0", "(-9223372036854775807)"])}`,
      `builtins.fromJSON (toString ${a})`,
      `builtins.fromJSON (builtins.toJSON ${a})`,
      `builtins.compareVersions (toString ${a}) (toString ${b})`,
      `builtins.toJSON [ ${a} (${b} * 1.0) ]`,
      `map toString [ ${a} ${b} (${c} / 3.0) ]`,
      `builtins.sort builtins.lessThan [ ${a} ${b} ${c} ]`,
    ]),
  )
}

/** One function that calls itself so often, in different places of an expression. */
function recursion(g: Generator): Expression {
  const count = g.random.pick(["3", "30", "400", "1900"])
  const step = g.random.pick([
    "1 + f (n - 1)",
    "f (n - 1)",
    "[ (f (n - 1)) ]",
    "{ a = f (n - 1); }",
    '"x${f (n - 1)}"',
    "builtins.head (map (x: f (n - 1)) [ 1 ])",
    "builtins.seq (f (n - 1)) n",
    "let r = f (n - 1); in r",
    "with { r = f (n - 1); }; r",
    "if f (n - 1) == 0 then 0 else 1",
    "builtins.add 1 (f (n - 1))",
    "builtins.foldl' (a: b: f (n - 1)) 0 [ 1 ]",
    "(f (n - 1)).a or n",
    "assert f (n - 1) != null; n",
    "{ __functor = s: x: f (n - 1); } 1",
    "toString { __toString = s: f (n - 1); }",
    "builtins.addErrorContext (toString n) (f (n - 1))",
    "(builtins.tryEval (f (n - 1))).value",
  ])
  const end = g.random.pick(["0", '"e"', "n", "{ a = 1; }", "[ ]", 'throw "end"', "x"])
  const question = g.random.pick([
    "r",
    "builtins.typeOf r",
    "builtins.deepSeq r 1",
    "builtins.stringLength (builtins.toJSON r)",
  ])
  return code`let x = ${g.leaf(g.kind())}; f = n: if n == 0 then ${end} else ${step}; r = f ${count}; in ${question}`
}

/**
 * Values that need themselves, by ways on which Nix notices it in different places. None through several names that stand
 * for each other: which of them Nix tells depends on the order in which it met the names.
 */
function circle(g: Generator): Expression {
  return text(
    g.random.pick([
      "let a = [ a ]; in a == a",
      "let a = { b = a.b; }; in a.b",
      "let a = { inherit (a) b; }; in a",
      "let f = x: x.y; a = { y = f a; }; in a.y",
      'let a = "${a}"; in a',
      "let a = builtins.map (x: x) a; in a",
      "let a = builtins.attrNames a; in a",
      "let a = a // { }; in a",
      "let a = { } // a; in a",
      "let a = [ ] ++ a; in a",
      "let a = 1 + a; in a",
      "let a = if a then 1 else 2; in a",
      "let a = assert a; 1; in a",
      "with a; let a = a; in a",
      "let a = with a; b; in a",
      "let a = { ${a} = 1; }; in a",
      "let a = builtins.tryEval a; in a",
      "let a = builtins.seq a 1; in a",
      "let a = builtins.deepSeq a 1; in a",
      "let a = (x: a) 1; in a",
      "(all@{ a ? all.a }: a) { }",
      "let a = derivation { name = a.name; system = a; builder = a; }; in a.name",
      'let a = derivation { name = "x"; system = "s"; builder = "${a}"; }; in a.drvPath',
      "let a = import ./world/lib.nix a; in a",
      "let a = { __functor = a; }; in a 1",
      "let a = { __functor = self: self; }; in a 1",
      "let a = { __toString = a; }; in toString a",
      "let a = { __toString = self: toString self; }; in toString a",
      "let a = { outPath = a; }; in toString a",
      "let a = builtins.genericClosure { startSet = a; operator = x: [ ]; }; in a",
      "let a = builtins.sort (x: y: a) [ 2 1 ]; in a",
      "let a = builtins.foldl' (x: y: a) 0 [ 1 ]; in a",
      "let a = builtins.toJSON a; in a",
      "let a = builtins.toJSON { inherit a; }; in a",
      "let a = builtins.toXML [ a ]; in a",
      "let a = ./x + a; in a",
      "let a = a.b or 1; in a",
      "let a = a ? b; in a",
      "let a = !a; in a",
      "let a = -a; in a",
      "let a = a < 1; in a",
      "let a = [ 1 ] == a; in a",
      "let a = a |> (x: x); in a",
      "let inherit (a) b; a = { inherit b; }; in b",
    ]),
  )
}

const pathParts = [
  '"/"',
  '""',
  '"/."',
  '"/.."',
  '"x"',
  '"/x"',
  '"//x/"',
  '"../x"',
  "./x",
  "/y",
  "1",
  "null",
  '"${./world/text.txt}"',
  '(builtins.toFile "f" "")',
  '{ outPath = "/o"; }',
  "{ outPath = ./o; }",
  '"a b"',
  '"é"',
  '"x" + "/y"',
]

/** Never the path itself, which might be copied: it may be that of the whole disk. */
function pathArithmetic(g: Generator): Expression {
  const start = g.random.pick([
    "./.",
    "./world",
    "/.",
    "/a",
    "/a/b",
    "./x/..",
    "../.",
    './world + "/"',
    '/. + "a"',
  ])
  const parts = g.random.some(1, 3, () => piece` + ${g.random.pick(pathParts)}`)
  const made = code`${start}${parts}`
  return g.random.pick([
    () => code`toString (${made})`,
    () => code`builtins.toXML (${made})`,
    () => code`dirOf (${made})`,
    () => code`baseNameOf (${made})`,
    () => code`[ (${made}) ] == [ ${g.random.pick(pathParts)} ]`,
    () => code`(${made}) < /b`,
    () => code`builtins.pathExists (${made})`,
    () => code`builtins.typeOf (${g.random.pick(pathParts)} + ${g.random.pick(pathParts)})`,
    () => code`/a/\${${g.random.pick(pathParts)}}/b + ${g.random.pick(pathParts)}`,
    () => code`"\${${g.random.pick(pathParts)}}" + ./world/text.txt`,
  ])()
}

export const extremeForms: readonly Weighted<Make>[] = [
  { weight: 2, item: overflow },
  { weight: 1, item: recursion },
  { weight: 1, item: circle },
  { weight: 1.5, item: pathArithmetic },
]
