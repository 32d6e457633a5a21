// What Nix 2.34.8 says of texts that it refuses, recorded: the first complaint, in its words, at its place.

import assert from "node:assert/strict"
import { lineColumn, lineStarts } from "../../server/src/base/index.js"
import { firstComplaint, parse, validate } from "../../server/src/syntax/index.js"
import { Random } from "../differential/random.js"

const rows: readonly (readonly [text: string, place: string, message: string])[] = [
  ["1 + = 2", "1:5", "syntax error, unexpected '='"],
  ["{ a = 1 }", "1:9", "syntax error, unexpected '}', expecting ';'"],
  ["a.if", "1:3", "syntax error, unexpected 'if', expecting identifier or 'or' or '${' or '\"'"],
  ["{ 1 = 2; }", "1:3", "syntax error, unexpected integer, expecting 'inherit'"],
  ["{ a ... }", "1:5", "syntax error, unexpected '...', expecting '.' or '='"],
  ["{ a, b : a", "1:8", "syntax error, unexpected ':', expecting '}' or ','"],
  ["if 1 else", "1:6", "syntax error, unexpected 'else', expecting 'then'"],
  ["1 == 2 == 3", "1:8", "syntax error, unexpected '=='"],
  ["1 |> 2 <| 3", "1:8", "syntax error, unexpected '<|', expecting end of file"],
  ["(\n\n", "3:1", "syntax error, unexpected end of file"],
  // Behind a zero Nix reads nothing.
  ["[ 1 \0 ]", "1:6", "syntax error, unexpected end of file"],
  // A repeated name counts when its binding is whole.
  ["{ a = 1; a ]", "1:12", "syntax error, unexpected ']', expecting '.' or '='"],
  ["{ a = 1; a = (let b = 1; }); }", "1:26", "syntax error, unexpected '}', expecting 'in' or 'inherit'"],
  ['"a', "1:3", "syntax error, unexpected end of file, expecting '\"'"],
  ['"$$', "1:4", "syntax error, unexpected end of file, expecting '\"'"],
  [
    "''a",
    "1:4",
    "syntax error, unexpected end of file, expecting indented string or '${' or end of an indented string",
  ],
  ["./a//b", "1:1", "syntax error, unexpected end of path, expecting '${'"],
  ["./a//b//c${d}", "1:8", "syntax error, unexpected string, expecting '${'"],
  ["./a//b ", "1:5", "syntax error, unexpected end of path, expecting '${'"],
  ["{ x, x }: 1 + }", "1:15", "syntax error, unexpected '}'"],
  ["./a/", "1:1", "path has a trailing slash"],
  ["./a/ ", "1:5", "path has a trailing slash"],
  ["1 \xe9", "1:3", "syntax error, unexpected invalid token, expecting end of file"],
  ["/*", "1:1", "syntax error, unexpected '/'"],
  ["99999999999999999999 =", "1:1", "invalid integer '99999999999999999999'"],
  [
    '"a\0b" =',
    "1:2",
    "input string 'a\xe2\x90\x80b' cannot be represented as Nix string because it contains null bytes",
  ],
  ["{ a = 1; a = 2; b = ; }", "1:10", "attribute 'a' already defined at FILE:1:3"],
  ["{ b = ; a = 1; a = 2; }", "1:7", "syntax error, unexpected ';'"],
  ["{ x.y = 1; x = { y = 2; }; }", "1:18", "attribute 'x.y' already defined at FILE:1:3"],
  ["{ x, x }: }", "1:11", "syntax error, unexpected '}'"],
  ["{ x, x }: 1", "1:6", "duplicate formal function argument 'x'"],
  ["  x@{ x }: 1", "1:3", "duplicate formal function argument 'x'"],
  ["let ${a} = 1; in }", "1:18", "syntax error, unexpected '}'"],
  ["let ${a} = 1; in 2", "1:1", "dynamic attributes not allowed in let"],
  ["{ inherit ${a}; }", "1:11", "dynamic attributes not allowed in inherit"],
]

describe("the first complaint about", () => {
  for (const [text, place, message] of rows)
    it(JSON.stringify(text), () => {
      const found = firstComplaint(text, parse(text).tree, "FILE")
      assert.ok(found)
      const { line, column } = lineColumn(lineStarts(text), found.start)
      assert.deepEqual([`${line}:${column}`, found.message], [place, message])
    })

  // The grammar behind the messages and the parser are two: neither may take what the other refuses.
  it("exists exactly where the parser refuses", () => {
    for (let i = 0; i < 3000; i++) {
      const random = new Random(7, i)
      const text = Array.from({ length: 1 + random.below(10) }, () => random.pick(pieces)).join("")
      const { tree, problems } = parse(text)
      const refused = problems.length > 0 || validate(tree, text).length > 0
      assert.equal(firstComplaint(text, tree, "FILE") !== undefined, refused, JSON.stringify(text))
    }
  })
})

const pieces = [
  ..."a b 1 2.5 \" '' ${ } { ( ) [ ] = ; : @ , ? ! - + * / // ++ == < >= && -> |> <| . $ \\ /* ./p ./p/ <n> u:v ''$".split(
    " ",
  ),
  ..." \n,or ,if ,then ,else ,let ,in ,rec ,inherit ,with ,assert ,... ".split(","),
  ..."x: x,let a = 1; in ,{ a = 1; },{ a, b }: a,a.b,[ 1 ],a = 1;,inherit a;,/b,./a//b".split(","),
]
