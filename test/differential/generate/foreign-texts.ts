// Texts in other languages, well-formed and not: JSON, TOML, regular expressions and what they are matched against.

import { code, type Expression, text } from "../expression.js"
import type { Generator } from "./generator.js"

export const patterns = [
  "a",
  "a*",
  "(a)(b)?",
  "(.*)",
  "([a-z]+)",
  "[^a]+",
  "a|b",
  "(a|ab)(c|bcd)(d*)",
  "((a)|(b))*",
  "^a$",
  "[[:alpha:]]+",
  "[[:space:]]*([^[:space:]]+)[[:space:]]*",
  "a{2}",
  "a{1,3}b",
  "(a{0,1}){2}",
  "\\\\.",
  "[.]",
  "[]a]",
  "[a-]+",
  "x+?",
  "()",
  "",
  "(",
  "a)",
  "[",
  "[z-a]",
  "*a",
  "a**",
  "a{2,1}",
  "[[:foo:]]",
  "\\\\d",
  "\\\\(a\\\\)",
  "(a)\\\\1",
  ".",
  "(.)(.)",
  "é",
  "\\n",
]

export const subjects = [
  "",
  "a",
  "b",
  "ab",
  "aab",
  "aaab",
  "abcd",
  "foo",
  "foo bar",
  " a b ",
  "a.b.c",
  "a-1.2",
  "A",
  "é",
  "a\\nb",
  "[a]",
  "aa",
  "$",
  "/a/b/",
  "/",
  "a/",
  "a//b",
]

const jsonLeaves = [
  "1",
  "-0",
  "1.5",
  "1e3",
  "1E400",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "18446744073709551616",
  "0.1",
  "-0.0",
  "1e-400",
  "0.1e+2",
  "123456789012345678901234567890",
  "-123456789012345678901234567890",
  "1.7976931348623159e308",
  "5e-324",
  "true",
  "false",
  "null",
  '\\"a\\"',
  '\\"\\"',
  '\\"\\\\n\\\\u00e9\\"',
  '\\"\\\\ud834\\\\udd1e\\"',
  '\\"é\\"',
  '\\"\\\\/\\\\b\\\\f\\\\t\\"',
  '\\"\\\\u0000\\"',
  '\\"\\\\u2028\\\\uFFFD\\"',
  "[]",
  "{}",
]

const brokenJson = [
  "",
  "{",
  "[1,]",
  "[1 2]",
  '{\\"a\\" 1}',
  "{a:1}",
  "nul",
  "01",
  "1.",
  "+1",
  '\\"a',
  '\\"\\\\x\\"',
  '\\"\\\\ud800\\"',
  "1 2",
  '\\"a\\nb\\"',
  "[",
  "NaN",
  "// x",
  "[1]]",
  "{} {}",
  '{\\"a\\":1,}',
  '{\\"a\\":1,\\"a\\":2}',
  '{\\"a\\"}',
  "-",
  "1e",
  "0x1",
  "tru",
  "\\t",
  '\\"\\\\ud834x\\"',
  '\\"\\\\udd1e\\"',
  '\\"\\\\u12\\"',
  '\\"\\t\\"',
]

export function jsonText(g: Generator): Expression {
  if (g.random.chance(0.15)) return text(`"${g.random.pick(brokenJson)}"`)
  if (g.random.chance(0.25)) return code`builtins.toJSON ${g.any()}`
  return text(`"${json(g, 3)}"`)
}

function json(g: Generator, depth: number): string {
  if (depth === 0 || g.random.chance(0.4)) return g.random.pick(jsonLeaves)
  const space = g.random.pick(["", " ", "\\n"])
  if (g.random.chance(0.5))
    return `[${space}${g.random.some(0, 3, () => json(g, depth - 1)).join(`,${space}`)}]`
  return `{${g.random.some(0, 3, () => `\\"${g.random.pick(["a", "b", "é", ""])}\\":${space}${json(g, depth - 1)}`).join(",")}}`
}

const tomlValues = [
  "1",
  "-1",
  "+7",
  "0x1F",
  "0o17",
  "0b101",
  "1_000",
  "1.5",
  "1e3",
  "-0.0",
  "6.02e23",
  "inf",
  "-inf",
  "nan",
  "-nan",
  "+nan",
  "true",
  "false",
  '\\"a\\"',
  "'a'",
  "'''\\na\\nb'''",
  '\\"\\\\u00e9\\"',
  "[ 1, 2 ]",
  '[ \\"a\\", 1 ]',
  "[]",
  "{ a = 1 }",
  "{ a.b = 1, c = [] }",
  "9223372036854775807",
  "-9223372036854775808",
  "0xdead_BEEF",
  "1_000.000_1",
  "5e+22",
  "1e06",
  "-2E-2",
  "1979-05-27",
  "1979-05-27T07:32:00Z",
  "1979-05-27 00:32:00.999999-07:00",
  "07:32:00",
  "{ }",
  "{ a = { b = 1, c = [ { } ] }, 'd e' = '' }",
  "[ [ 1, 2 ], [ 'a' ] ]",
  "[ { a = 1 }, { b = 2 } ]",
  "[ # remark\\n 1, # more\\n 2,\\n]",
  '\\"\\\\U0001F600\\\\t\\\\\\\\\\"',
  '\\"\\"\\"\\na \\\\\\n   b\\"\\"\\"',
  "''",
  "'''it''s'''",
]

const tomlKeys = ["a", "b", "c.d", '\\"a b\\"', "'x'", "1", "a-b"]

export function tomlText(g: Generator): Expression {
  const keys = g.random.shuffled(tomlKeys)
  const lines = g.random.some(0, 4, i => tomlLine(g, keys[i] ?? "z"))
  return text(`"${lines.join("\\n")}"`)
}

/** Keys are distinct, and values are sound: the words for what is wrong with a text are those of Nix's TOML library. */
function tomlLine(g: Generator, key: string): string {
  const form = g.random.below(8)
  if (form === 0) return `[${key}]`
  if (form === 1) return `[[${key}]]`
  if (form === 2) return "# remark"
  return `${key} = ${g.random.pick(tomlValues)}`
}
