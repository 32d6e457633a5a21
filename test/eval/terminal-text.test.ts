// Texts of programs, as Nix shows them where there are no colours. Answers are Nix 2.34.8's.

import assert from "node:assert/strict"
import { bytesOf, terminalText } from "../../server/src/eval/index.js"

const bell = "\x07"
const escape = "\x1b"

describe("a text for a terminal", () => {
  const plain = (text: string) => terminalText(text, { colours: false })
  it("loses colours, links, bells and returns", () => {
    assert.equal(plain(`${escape}[1mbold${escape}[0m`), "bold")
    assert.equal(
      plain(`a ${escape}]8;;http://x${escape}\\link${escape}]8;;${bell} b\r\n${bell}c`),
      "a link b\nc",
    )
    assert.equal(plain(`${escape}Mx${escape}`), "x")
  })
  it("keeps colours, and nothing else, for those who see them", () =>
    assert.equal(
      terminalText(`${escape}[1;31mred${escape}[0m${escape}[2K`, { colours: true }),
      `${escape}[1;31mred${escape}[0m`,
    ))
  it("has its tab stops counted from its beginning, in columns", () => {
    assert.equal(plain("foo\tbar\tbaz"), "foo     bar     baz")
    assert.equal(plain("a\n\tb"), "a\n       b")
    // A letter, a flag's half, two wide ones, and seven that have no column.
    for (const one of "é\u{1f1e6}") assert.equal(plain(bytesOf(`${one}\tb`)), bytesOf(`${one}       b`))
    for (const wide of "語\u{1f9ff}") assert.equal(plain(bytesOf(`${wide}\tb`)), bytesOf(`${wide}      b`))
    for (const none of "\u2028\u0903\ue000\u0378\u2e9a\u1160\u200d")
      assert.equal(plain(bytesOf(`${none}\tb`)), bytesOf(`${none}        b`))
    assert.equal(plain(`${escape}[1mab${escape}[0m\tc`), "ab      c")
  })
})
