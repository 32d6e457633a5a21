// What the parser says about broken text: one problem for one mistake, at the place where a person would look, and the
// rest of the file parsed as if nothing had happened.

import assert from "node:assert/strict"
import { parse, validate } from "../../server/src/syntax/index.js"
import { annotate, fixture } from "../harness/fixture.js"
import { showTree } from "../harness/show-tree.js"

/** `source` has its expected problems below the text, as `annotate` writes them; `tree` is what is understood of it. */
function check(source: string, tree?: string): void {
  const { text } = fixture(source).main
  const parsed = parse(text)
  const problems = parsed.problems.length > 0 ? parsed.problems : validate(parsed.tree, text)
  const labels = problems.map(({ range, message }) => ({ ...range, text: message }))
  assert.equal(annotate(text, labels), source.replace(/^\n/, ""))
  if (tree !== undefined) assert.equal(showTree(parsed.tree), tree)
}

describe("a missing semicolon", () => {
  it("between lines is reported behind the value, and both bindings stay", () =>
    check(
      `
{
  a = f x
#       ^ found 'b', wanted ';'
  b.c = 2;
}
`,
      "{ a = (f x); b.c = 2; }",
    ))

  it("on one line is reported at what comes instead", () =>
    check(
      `
{ a = 1 b = 2; }
#       ^ found 'b', wanted ';'
`,
      "{ a = 1; b = 2; }",
    ))

  it("before the closing brace is reported behind the value", () =>
    check(
      `
{
  a = "x"
#       ^ found '}', wanted ';'
}
`,
      '{ a = "x"; }',
    ))

  it("before inherit is reported behind the value", () =>
    check(
      `
{
  a = b
#     ^ found 'inherit', wanted ';'
  inherit c;
}
`,
      "{ a = b; inherit c; }",
    ))

  it("behind an operation, a function or a conditional does not swallow the next name", () =>
    check(
      `
{
  a = x: if y then 1 else z + f w
#                               ^ found 'b', wanted ';'
  b = 2;
}
`,
      "{ a = (x: (if y 1 (z + (f w)))); b = 2; }",
    ))

  it("behind inherit does not swallow the next name", () =>
    check(
      `
{
  inherit (lib) x y
#                 ^ found 'b', wanted ';'
  b = 2;
}
`,
      "{ inherit (lib) x y; b = 2; }",
    ))

  it("written as a comma, as in JSON, counts as one", () =>
    check(
      `
{ a = 1, b = 2; }
#      ^ found ',', wanted ';'
`,
      "{ a = 1; b = 2; }",
    ))
})

describe("a half-typed line", () => {
  it("of an attrpath leaves the next binding alone", () =>
    check(
      `
{
  services.op
#           ^ found 'networking', wanted '=' or '.'
  networking.hostName = "x";
}
`,
      '{ services.op = (missing); networking.hostName = "x"; }',
    ))

  it("that ends in '=' leaves the next binding alone", () =>
    check(
      `
{
  a =
#   ^ found 'b', wanted an expression
  b = 2;
}
`,
      "{ a = (missing); b = 2; }",
    ))

  it("without a value is reported at the semicolon", () =>
    check(
      `
{ a = ; b = 2; }
#     ^ found ';', wanted an expression
`,
      "{ a = (missing); b = 2; }",
    ))

  it("with a colon for '=' keeps its value", () =>
    check(
      `
{ a : 1; b = 2; }
#   ^ found ':', wanted '=' or '.'
`,
      "{ a = 1; b = 2; }",
    ))

  it("that ends in a dot keeps the selection", () =>
    check(
      `
{ a = config.services.; b = 2; }
#                     ^ found ';', wanted an attribute name
`,
      "{ a = (config .services); b = 2; }",
    ))

  it("with a keyword for a name keeps the name", () =>
    check(
      `
x: x.in.y
#    ^^ found the keyword 'in', wanted an attribute name (quotes make it one)
`,
      "(x: (x .in.y))",
    ))

  it("of formals keeps the formals", () =>
    check(
      `
{ lib, config }, 1
#              ^ found ',', wanted ':' before the body of the function
`,
    ))
})

describe("a bracket", () => {
  it("that is not closed is reported where something else closes", () =>
    check(
      `
{ a = [ 1 2; b = 3; }
#          ^ found ';', wanted a list element or ']'
`,
      "{ a = [1 2]; b = 3; }",
    ))

  it("of an operation in a list is closed in the right place", () =>
    check(
      `
{ a = [ 1 + 2 ]; b = 3; }
#         ^ found '+', wanted a list element or ']' (parentheses make one element)
`,
      "{ a = [1]; b = 3; }",
    ))

  it("of a parenthesis with a mistake inside hides nothing behind it", () =>
    check(
      `
{ a = (1 2; b = 3; c = (4; }
#         ^ found ';', wanted ')'
#                        ^ found ';', wanted ')'
`,
      "{ a = (paren (1 2)); b = 3; c = (paren 4); }",
    ))

  it("that nothing opened is reported and skipped", () =>
    check(
      `
{ a = 1); b = 2; }
#      ^ found ')', wanted ';'
`,
      "{ a = 1; b = 2; }",
    ))

  it("that the end of the file leaves open is reported at the end", () =>
    check(`
{ a = { b = 1;
#             ^ found the end of the file, wanted an attribute name or '}'`))

  it("that closes too much is reported as that", () =>
    check(`
{ a = 1; }}
#         ^ found '}', wanted the end of the file
`))
})

describe("a string or comment that is not closed is reported where it opens:", () => {
  it("quoted", () =>
    check(`
{ a = "b;
#     ^ string is not closed, wanted "
}
`))

  it("indented", () =>
    check(`
{ a = ''b;
#     ^^ string is not closed, wanted ''
}
`))

  it("a comment", () =>
    check(`
{ a = 1; /* b
#        ^^ comment is not closed, wanted '*/'
}
`))

  it("an interpolation is closed by the string's end", () =>
    check(`
{ a = "x\${b"; c = 1; }
#          ^ string is not closed, wanted "
`))
})

describe("an expression in the wrong place", () => {
  it("such as 'if' as an operand is understood", () =>
    check(
      `
1 + if a then b else c
#   ^^ found 'if' as an operand, wanted parentheses around the 'if' expression
`,
      "(1 + (if a b c))",
    ))

  it("such as a second comparison is understood", () =>
    check(
      `
a == b == c
#      ^^ found a second '==', wanted parentheses around the first operation
`,
      "((a == b) == c)",
    ))

  it("such as mixed pipes is understood", () =>
    check(`
a |> b <| c
#      ^^ found '|>' and '<|' together, wanted parentheses around one of them
`))

  it("such as missing 'then' is understood", () =>
    check(
      `
if a b else c
#      ^^^^ found 'else', wanted 'then'
`,
    ))
})

describe("a token that is none", () => {
  it("is reported and left out", () =>
    check(
      `
{ a = b & c; d = 1; }
#       ^ found '&', which means nothing in Nix outside of strings and comments
`,
      "{ a = (b c); d = 1; }",
    ))

  it("of several units is one problem", () =>
    check(`
{ a = é¢; }
#     ^^ found 'é¢', which means nothing in Nix outside of strings and comments
`))

  it("such as a path with a slash at its end is reported there", () =>
    check(`
[ ./a/ (b c d) ./b//c ]
#    ^ path ends in '/', wanted a name behind it
#                 ^^ found '//' in a path, wanted one '/' (or blanks around the operator)
`))
})

describe("what the grammar allows and Nix does not:", () => {
  it("an attribute twice", () =>
    check(`
{ a = 1; b = 2; a = 3; }
#               ^ attribute 'a' already defined at 1:3
`))

  it("an attribute twice through attrpaths", () =>
    check(`
{
  a.b = 1;
  a = { b = 2; c = 3; };
#       ^ attribute 'a.b' already defined at 2:3
  a.c.d = 4;
# ^^^^^ attribute 'a.c' already defined at 3:16
}
`))

  it("a path below a value", () =>
    check(`
{ a = x; a.b.c = 1; inherit a; "q r" = 1; \${"q r"} = 2; }
#        ^^^^^ attribute 'a' already defined at 1:3
#                           ^ attribute 'a' already defined at 1:3
#                                         ^^^^^^^^ attribute '"q r"' already defined at 1:32
`))

  it("nothing, when both are sets and their names differ", () =>
    check(`
{ a.b = 1; a = rec { c = 2; }; a = ({ d.e = 3; }); a.d.f = 4; \${"a" + "b"} = 1; \${"a" + "b"} = 2; }
`))

  it("the same in let and rec", () =>
    check(`
let a = 1; inherit ({ }) a; in rec { b.c = 1; b.c = 2; }
#                        ^ attribute 'a' already defined at 1:5
#                                             ^^^ attribute 'b.c' already defined at 1:38
`))

  it("a formal twice", () =>
    check(`
x: { a, b, a ? 1 }: y@{ y }: z
#          ^ duplicate formal function argument 'a'
#                   ^ duplicate formal function argument 'y'
`))

  it("dynamic names in let and inherit", () =>
    check(`
x: let \${x} = 1; y.\${x} = 2; \${"z"} = 3; inherit ({ }) "\${x}" \${"w"}; in 1
#      ^^^^ dynamic attributes not allowed in let
#                                                      ^^^^^^ dynamic attributes not allowed in inherit
`))

  it("numbers out of range", () =>
    check(`
[ 9223372036854775807 9223372036854775808 1.0e309 1.0e-400 0.0e-400 ]
#                     ^^^^^^^^^^^^^^^^^^^ integer '9223372036854775808' does not fit into 64 bits
#                                         ^^^^^^^ float '1.0e309' is out of range
#                                                 ^^^^^^^^ float '1.0e-400' is out of range
`))
})

describe("the parser never fails", () => {
  it("on any prefix of a text", () => {
    const text = `{ lib, ... }@a: let x = "\${lib.y or ''z\${./p/\${q}}''}"; in rec { inherit (x) b; c.d = [ <e> ]; }`
    for (let end = 0; end <= text.length; end++) assert.ok(parse(text.slice(0, end)).tree)
  })

  it("on text that nests deeper than any stack", () => {
    const { problems } = parse("(".repeat(200_000))
    assert.deepEqual(
      problems.map(problem => problem.message),
      ["expression is nested too deeply"],
    )
  })

  it("on long chains, which do not nest the parser", () => {
    const { tree, problems } = parse(Array.from({ length: 50_000 }, () => "a").join(" + "))
    assert.deepEqual(problems, [])
    assert.deepEqual(validate(tree, ""), [])
  })
})
