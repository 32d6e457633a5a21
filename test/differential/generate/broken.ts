// Sources that Nix does not take: an expression with a token too many, too few, or in the wrong place.

import { type Expression, text } from "../expression.js"
import type { Random } from "../random.js"

/** Tokens as far as breaking between them is of interest; what is none is left alone. */
const token = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w'-]*|\d+|\$\{|\/\/|\+\+|&&|\|\||==|!=|<=|>=|->|''|[^\s\w]/g

const intruders = [
  ..."{ } [ ] ( ) ; : , . .. ... @ ? ! = == < > - + * / // ++ && || -> |> <| ${ $ ' \" '' # /* & | \\ ~ ~/ ^ %".split(
    " ",
  ),
  ...'if then else let in with rec inherit assert or 1 1.5 x "s" ./p <p> 1a 0x1 1.e 01 http://a.b null'.split(
    " ",
  ),
  "99999999999999999999",
  "9223372036854775808",
  "1.7976931348623159e308",
  "4.9e-324",
  "/* /* */ */",
  "/**/",
  "#x\n",
  "{ a.b = 1; a.b.c = 2; }",
  "rec { a = 1; b.a = 2; b = rec { a = 3; }; }",
  "let { a = 1; a = 2; body = 3; }",
  "({ a ? 1, a ? 2, ... }: a)",
  "x.or",
  "x or y",
  "or",
  "(x: x) or 1",
  "1e400",
  "1.0e400",
  "{ a = 1; a = 2; }",
  "{ a.b = 1; a = 1; }",
  "({ a, a }: a)",
  "(a@{ a }: a)",
  "{ inherit a; a = 1; }",
  "{ inherit (x) a; a.b = 1; }",
  "{ inherit ${x}; }",
  '{ inherit "a"; }',
  'let ${"a"} = 1; in a',
  'let "${x}" = 1; in a',
  "{ a ? b.c }",
  "./a/",
  "a//b/",
  "'' ''${",
  "\u0000",
  "\u00e9",
  "\ufeff",
  "\r",
]

export function broken(random: Random, source: string): Expression {
  const tokens = Array.from(source.matchAll(token), found => ({
    start: found.index,
    end: found.index + found[0].length,
  }))
  if (tokens.length === 0) return text(source)
  const { start, end } = random.pick(tokens)
  const other = random.pick(tokens)
  const intruder = random.pick(intruders)
  const changed = random.pick([
    () => source.slice(0, start) + source.slice(end),
    () => `${source.slice(0, start)}${intruder} ${source.slice(start)}`,
    () => `${source.slice(0, end)} ${intruder}${source.slice(end)}`,
    () => source.slice(0, start) + intruder + source.slice(end),
    () => source.slice(0, start) + source.slice(other.start, other.end) + source.slice(end),
    () => source.slice(0, end),
    () => source.slice(start),
  ])()
  return text(changed)
}
