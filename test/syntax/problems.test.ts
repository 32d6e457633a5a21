// What the parser says about broken text: one problem for one mistake, at the place where a person would look, and the
// rest of the file parsed as if nothing had happened.

import { checkProblems as check } from "./check-problems.js"

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

describe("one wrong or missing word", () => {
  it("a semicolon for the colon of a function leaves the function whole", () =>
    check(
      `
{ a = { lib, ... }; { b = 1; }; c = 2; }
#                 ^ found ';', wanted ':' before the body of the function
`,
      "{ a = ({ lib, ... }: { b = 1; }); c = 2; }",
    ))

  it("a missing 'in' leaves the body whole", () =>
    check(
      `
let a = 1;
  { b = a; }
# ^ found '{', wanted an attribute name or 'in'
`,
      "(let a = 1; in { b = a; })",
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

describe("a merge conflict", () => {
  it("is reported as such at each of its marks, and both sides are read", () =>
    check(
      `
{
<<<<<<< HEAD
^^^^^^^ found a mark of a merge conflict that is not resolved
  a = f 1;
=======
^^^^^^^ found a mark of a merge conflict that is not resolved
  a.b = f 2;
>>>>>>> other
^^^^^^^ found a mark of a merge conflict that is not resolved
}
`,
      "{ a = (f 1); a.b = (f 2); }",
    ))
})
