// What Nix refuses while it parses although its grammar allows it.

import { checkProblems as check } from "./check-problems.js"

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
