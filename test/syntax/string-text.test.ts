// What strings mean, said by Nix 2.34.8 (`nix-instantiate --eval --json`, with x = "X"). Escapes and indentation meet in
// ways that are easier to list than to derive.

import assert from "node:assert/strict"
import { parse } from "../../server/src/syntax/index.js"

/** The text of the string that `source` is, an interpolation shown as `<X>`. */
function cooked(source: string): string {
  const { tree, problems } = parse(source)
  assert.deepEqual(problems, [])
  assert(tree.kind === "string", `a string, not ${tree.kind}`)
  return tree.parts.map(part => (part.kind === "text" ? part.text : "<X>")).join("")
}

const quoted: readonly (readonly [source: string, meaning: string])[] = [
  ['""', ""],
  ['"\\n\\r\\t\\a\\"\\\\\\$"', '\n\r\ta"\\$'],
  ['"a\r\nb\rc"', "a\nb\nc"],
  ['"a\\\r\nb"', "a\r\nb"],
  ['"a\\\nb"', "a\nb"],
  ['"$${x} $\\${x} \\${x} $$${x}"', "$${x} $${x} ${x} $$<X>"],
  ['"$"', "$"],
  ['"${x}${x}"', "<X><X>"],
]

const indented: readonly (readonly [source: string, meaning: string])[] = [
  ["''''", ""],
  ["''   ''", ""],
  ["''\n''", ""],
  ["''  \n  a''", "a"],
  ["''  a\n    b''", "a\n  b"],
  ["''\n  a\n    b\n  ''", "a\n  b\n"],
  // Lines of spaces count for nothing, neither does the last line.
  ["''\n    a\n \n    b\n  ''", "a\n\nb\n"],
  ["''\n  a\n      \n  b''", "a\n    \nb"],
  ["''\n\n  a''", "\na"],
  // Only a first line of spaces is dropped, and only to a plain newline.
  ["'' \t\n a''", "\t\na"],
  ["''\r\n  a\r\n  ''", "\r\n  a\r\n"],
  // Tabs are content.
  ["''\n\ta\n  b\n''", "\ta\n  b\n"],
  ["''\n  \ta\n   b\n''", "\ta\n b\n"],
  // Interpolations are content where they stand, and their line is no blank last line.
  ["''\n    ${x}\n  a''", "  <X>\na"],
  ["''\n  a\n ${x}''", " a\n<X>"],
  ["''\n  a\n  ${x}  ''", "a\n<X>  "],
  ["''\n  ${x}\n  ''", "<X>\n"],
  ["''${x}\n  a''", "<X>\n  a"],
  // Escapes.
  ["''a ''' b ''$ c ''${x} d ''\\n e''", "a '' b $ c ${x} d \n e"],
  ["''$ $$ $${x} $''", "$ $$ $${x} $"],
  ["''a'b' '${x}''", "a'b' '<X>"],
  ["''''\\'''", "'"],
  // An escape ends the leading spaces of its line; an escaped newline starts a line when spaces are removed.
  ["''\n    a\n  ''\\tb''", "  a\n\tb"],
  ["''\n  a''\\n    b''", "a\n  b"],
  ["''\n  a\n  ''\\ ''", "a\n "],
  ["''\n  a\n ''\\nb''", " a\n\nb"],
  ["''\n  a\n  ''\\\n  b''", "a\n\nb"],
]

describe("strings mean what they mean to Nix", () => {
  for (const [source, meaning] of [...quoted, ...indented])
    it(JSON.stringify(source), () => assert.equal(cooked(source), meaning))

  it("and text has the range of its source, the dropped first line included", () => {
    const { tree } = parse("''\n  a${b}c''")
    assert(tree.kind === "string")
    assert.deepEqual(
      tree.parts.map(({ start, end }) => [start, end]),
      [
        [2, 6],
        [6, 10],
        [10, 11],
      ],
    )
  })
})
