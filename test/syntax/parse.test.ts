// The hand-written parser: which tree a text gives, and that every node knows its place. Broken text is in
// problems.test.ts, what Nix accepts at all in judged.test.ts.

import assert from "node:assert/strict"
import { parse } from "../../server/src/syntax/index.js"
import { showTree } from "../harness/show-tree.js"

function check(text: string, tree: string): void {
  const parsed = parse(text)
  assert.deepEqual(parsed.problems, [])
  assert.equal(showTree(parsed.tree), tree)
}

/** `check` for each row, the text being the title. */
function table(rows: Readonly<Record<string, string>>): void {
  for (const [text, tree] of Object.entries(rows)) it(JSON.stringify(text), () => check(text, tree))
}

describe("the parser gives operators their precedence:", () =>
  table({
    "a + b * c": "(a + (b * c))",
    "a * b + c": "((a * b) + c)",
    "a - b - c": "((a - b) - c)",
    "a / b / c": "((a / b) / c)",
    "a ++ b ++ c": "(a ++ (b ++ c))",
    "a // b // c": "(a // (b // c))",
    "a -> b -> c": "(a -> (b -> c))",
    "a && b || c && d": "((a && b) || (c && d))",
    "a || b -> c": "((a || b) -> c)",
    "a == b && c != d": "((a == b) && (c != d))",
    "a < b == c >= d": "((a < b) == (c >= d))",
    "a // b ++ c": "(a // (b ++ c))",
    "a ++ b * c": "((a ++ b) * c)",
    "!a && b": "((! a) && b)",
    "!a + b": "(! (a + b))",
    "!a // b": "((! a) // b)",
    "!a == b": "((! a) == b)",
    "a * !b + c": "(a * (! (b + c)))",
    "-a + b": "((- a) + b)",
    "- - a": "(- (- a))",
    "-a.b": "(- (a .b))",
    "-f x": "(- (f x))",
    "-a ? b": "((- a) ? .b)",
    "!a ? b": "(! (a ? .b))",
    "a ? b.c ? d": "((a ? .b.c) ? .d)",
    "a + b ? c": "(a + (b ? .c))",
    "a |> b |> c": "((a |> b) |> c)",
    "a <| b <| c": "(a <| (b <| c))",
    "a -> b |> c": "((a -> b) |> c)",
    "f x + g y z": "((f x) + ((g y) z))",
  }))

describe("the parser takes the longest token, as Nix's lexer does:", () =>
  table({
    "a/b": '(path "a/b")',
    "a / b": "(a / b)",
    "a/ b": "(a / b)",
    "a /b": '(a (path "/b"))',
    "a.b/c": '(path "a.b/c")',
    "a.b.c/d": '(path "a.b.c/d")',
    "(a).b/c": '((paren a) (path ".b/c"))',
    "a ./b": '(a (path "./b"))',
    "a.b ./c": '((a .b) (path "./c"))',
    "a.b.c.d e.f": "((a .b.c.d) (e .f))",
    "a'b/c": `(a'b (path "/c"))`,
    "-a/b": '(path "-a/b")',
    "1/2": '(path "1/2")',
    "./.": '(path "./.")',
    "../a": '(path "../a")',
    "~/a": '(path "~/a")',
    "a:b": '"a:b"',
    "a: b": "(a: b)",
    "a :b": "(a: b)",
    "a_b:c": "(a_b: c)",
    "http://a.b/c?d=e": '"http://a.b/c?d=e"',
    "a+b.c:d": '"a+b.c:d"',
    "<a/b>": "<a/b>",
    "a <b": "(a < b)",
    "a<b>c": "((a <b>) c)",
    "a-b": "a-b",
    "a -b": "(a - b)",
    "a - b": "(a - b)",
    "1.5": "1.5",
    "1.": "1.",
    ".5": ".5",
    "1.e3": "1.e3",
    "1e3": "(1 e3)",
    "01.5": "(01 .5)",
    "a.5": "(a .5)",
    "a//b": "(a // b)",
    "a/*b*/c": "(a c)",
    "a # b\nc": "(a c)",
    "a # b\rc": "(a c)",
    "/**/a/***/": "a",
  }))

describe("the parser reads paths with interpolations:", () =>
  table({
    "./a/${b}/c": '(path "./a/" ++ ${b} ++ "/c")',
    "./${a}": '(path "./" ++ ${a})',
    "a/${b}": '(path "a/" ++ ${b})',
    "/${a}${b}c": '(path "/" ++ ${a} ++ ${b} ++ "c")',
    "~/${a}": '(path "~/" ++ ${a})',
    "./a//${b}//c": '(path "./a//" ++ ${b} ++ "//c")',
    "[ ./a${b} c ]": '[(path "./a" ++ ${b}) c]',
  }))

describe("the parser reads strings:", () =>
  table({
    '""': '""',
    '"a"': '"a"',
    '"a${b}c"': '"a" ++ ${b} ++ "c"',
    '"${a}"': "${a}",
    '"$"': '"$"',
    '"$$"': '"$$"',
    '"$${a}"': '"$${a}"',
    '"$$${a}"': '"$$" ++ ${a}',
    '"\\${a}"': '"${a}"',
    '"$\\${a}"': '"$${a}"',
    '"\\n\\t\\r\\x"': '"\\n\\t\\rx"',
    '"a\r\nb"': '"a\\nb"',
    '"${"${a}"}"': "${${a}}",
    "''a''": '"a"',
    "''''": '""',
    "''''$''": '"$"',
    "''''${a}''": '"$" ++ "{a}"',
    "'''''''": `"''"`,
    "''''\\n''": '"\\n"',
    "''$${a}''": '"$${a}"',
    "''$''": '"$"',
    "''a'b''": `"a'b"`,
    "''a'${b}''": `"a" ++ "'" ++ \${b}`,
    // Each token of Nix's lexer is a part, as `nix-instantiate --parse` shows.
    "''a'''b''": `"a" ++ "''" ++ "b"`,
    "''a''$b$''": '"a" ++ "$" ++ "b" ++ "$"',
    "''$ $$ $'x' '${y}''": `"$ $$ " ++ "$" ++ "'x' " ++ "'" ++ \${y}`,
    "''  ''\\n\n  b''": '"\\n" ++ "\\nb"',
    "''\n  a\n    b\n  ''": '"a\\n  b\\n"',
    "''\n  ${a}\n  b''": '${a} ++ "\\nb"',
    "''  ${a}''": "${a}",
  }))

describe("the parser reads selections and the word or:", () =>
  table({
    "a.b.c": "(a .b.c)",
    "a . b": "(a .b)",
    'a."b".${c}."d${e}"': '(a ."b".${c}.${"d" ++ ${e}})',
    "a.b or c d": "((a .b or c) d)",
    "a.b or c.d or e": "(a .b or (c .d or e))",
    "f a.b or c": "(f (a .b or c))",
    "a or b": "((a or) b)",
    "[ a or b ]": "[(a or) b]",
    "a.or": "(a .or)",
    "a ? or": "(a ? .or)",
    "{ or = a; }": "{ or = a; }",
    "{ }.a": "({ } .a)",
    "{ inherit or; }": "{ inherit or; }",
  }))

describe("the parser reads functions:", () =>
  table({
    "a: b: c": "(a: (b: c))",
    "{ }: a": "({  }: a)",
    "{ a, b ? c, ... }: d": "({ a, b ? c, ... }: d)",
    "{ a, }: b": "({ a }: b)",
    "{ ... }: a": "({ ... }: a)",
    "a @ { b }: c": "(a @ { b }: c)",
    "{ b }@a: c": "(a @ { b }: c)",
    "{ a ? b: c }: d": "({ a ? (b: c) }: d)",
    "{ a }: { b }: c": "({ a }: ({ b }: c))",
    "if a then b: c else d: e": "(if a (b: c) (d: e))",
  }))

describe("the parser reads what begins with a word:", () =>
  table({
    "let a = b; in c": "(let a = b; in c)",
    "let in a": "(let  in a)",
    "let { body = a; }": "(let { body = a; })",
    "let { body = a; }.b c": "(((let { body = a; }) .b) c)",
    "with a; with b; c": "(with a (with b c))",
    "assert a; b": "(assert a b)",
    "if a then b else if c then d else e": "(if a b (if c d e))",
    "rec { a = b; }": "rec { a = b; }",
    __curPos: "__curPos",
  }))

describe("the parser reads sets and lists:", () =>
  table({
    "{ }": "{ }",
    "{ a = b; }": "{ a = b; }",
    '{ a."b".${c} = d; }': '{ a."b".${c} = d; }',
    '{ "a${b}" = c; }': '{ ${"a" ++ ${b}} = c; }',
    '{ inherit a "b"; inherit (c) d; }': '{ inherit a "b"; inherit (c) d; }',
    "[ a b.c (d e) 1 ]": "[a (b .c) (paren (d e)) 1]",
    "[ ]": "[]",
    "f { } [ ] rec { }": "(((f { }) []) rec { })",
  }))
