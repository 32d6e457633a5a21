// Expressions without parts, of each kind, drawn so that the odd ones are common: integers at the ends of 64 bits, floats
// that print strangely, strings that need escapes, paths to nothing.

import { code, type Expression, text } from "../expression.js"
import type { Generator, Make } from "./generator.js"
import type { Kind } from "./kind.js"

const smallIntegers = ["0", "1", "2", "3", "4", "5", "7", "10", "-1", "-2", "42"]

const largeIntegers = [
  "100",
  "255",
  "2147483648",
  "4294967296",
  "9007199254740991",
  "9007199254740993",
  "-9007199254740993",
  "4611686018427387904",
  "9223372036854775807",
  "-9223372036854775807",
  "(-9223372036854775807 - 1)",
]

const floats = [
  "0.0",
  "-0.0",
  "0.5",
  ".5",
  "1.",
  "1.5",
  "-2.75",
  "0.1",
  "3.14159",
  "100.0",
  "1234567.0",
  "123456789.0",
  "1.0e-5",
  "1.5e-7",
  "1.0e15",
  "1.0e16",
  "1.e21",
  "2.5E+3",
  "1.0e308",
  "-1.0e308",
  "2.3e-308",
  "9007199254740993.0",
  "9223372036854775807.0",
  "9223372036854775808.0",
  "1.7976931348623157e308",
]

/** Texts between the quotes of a string literal. */
export const texts = [
  "",
  "a",
  "b",
  "foo",
  "foo bar",
  "x-1.2.3",
  "1",
  "12",
  "-3",
  "1.5",
  "true",
  "/a/b",
  "a/b.c",
  "a\\nb",
  "\\t",
  '\\"',
  "\\\\",
  "\\${x}",
  "$",
  "$$",
  "$${x}",
  "a.b",
  "é",
  "日本",
  "𝄞",
  " a  b ",
  "if",
  "A",
  "aB",
  "<&>'",
  "\\r\\n",
  "\u007f",
  "\u0001",
]

const uris = ["http://a.b/c?d=e&f", "x:y", "git+ssh://g@h:1/p%20q"]

// Never a folder above `world`: copying it to the store would read the whole disk.
const paths = [
  "./world",
  "./world/text.txt",
  "./world/lib.nix",
  "./world/folder",
  "./world/folder/inner.txt",
  "./world/missing",
  "./world/data.json",
  "./world/bytes",
  "./world/../world/./text.txt",
  "/a/b",
  "/a/b.tar.gz",
  "../x",
  "<missing>",
  "<missing/x.nix>",
]

const functions = [
  "x: x",
  "x: [ x ]",
  "x: y: x",
  "x: y: [ x y ]",
  "{ ... }: 1",
  "{ a ? 1, ... }@args: args",
  "args@{ a, b ? a }: b",
  "builtins.typeOf",
  "builtins.toString",
  "toString",
  "builtins.add 1",
  "builtins.elemAt [ 1 2 ]",
  "map",
  "{ __functor = self: x: x; }",
  "throw",
]

export function smallInteger(g: Generator): Expression {
  return text(g.random.pick(smallIntegers))
}

function integer(g: Generator): Expression {
  return g.random.chance(0.7) ? smallInteger(g) : text(g.random.pick(largeIntegers))
}

/** Bytes that are no text in any encoding that anybody expects. */
const BYTES = "(builtins.readFile ./world/bytes)"

function shortString(g: Generator): Expression {
  if (g.random.chance(0.01)) return text(BYTES)
  return text(g.random.chance(0.03) ? g.random.pick(uris) : `"${g.random.pick(texts)}"`)
}

function smallDerivation(g: Generator): Expression {
  const name = g.random.pick(["x", "dep", "a-1.0"])
  return code`derivation { name = "${name}"; system = "s"; builder = "/b"; }`
}

const constant =
  (...sources: readonly string[]): Make =>
  g =>
    text(g.random.pick(sources))

export const leafOf: Readonly<Record<Kind, Make>> = {
  int: integer,
  float: g => text(g.random.pick(floats)),
  bool: constant("true", "false"),
  null: constant("null"),
  string: shortString,
  path: g => text(g.random.pick(paths)),
  list: constant("[ ]", "[ 1 ]", "[ 1 2 3 ]", '[ "a" "b" ]', "[ null [ ] ]", "[ 3 1 2 1 ]"),
  attrs: constant("{ }", "{ a = 1; }", '{ a = "x"; b = 2; }', "{ a.b.c = 1; }", "rec { a = b; b = 1; }"),
  function: g => text(g.random.pick(functions)),
  derivation: smallDerivation,
}
