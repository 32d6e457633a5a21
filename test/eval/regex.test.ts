// Extended regular expressions. All answers are those of Nix 2.34.8 for `builtins.match` and `builtins.split`.

import assert from "node:assert/strict"
import { bytesOf } from "../../server/src/eval/index.js"
import { compilePosixRegex } from "../../server/src/eval/regex/regex.js"

function match(pattern: string, text: string): (string | null)[] | null {
  return (
    compilePosixRegex(bytesOf(pattern))
      .matchAll(bytesOf(text))
      ?.map(group => group ?? null) ?? null
  )
}

function split(pattern: string, text: string): (string | (string | null)[])[] {
  const parts: (string | (string | null)[])[] = []
  let end = 0
  for (const found of compilePosixRegex(pattern).findAll(text)) {
    parts.push(text.slice(end, found.start))
    parts.push(found.groups.map(group => group ?? null))
    end = found.end
  }
  return [...parts, text.slice(end)]
}

describe("match", () => {
  const cases: [pattern: string, text: string, groups: (string | null)[] | null][] = [
    ["", "", []],
    ["", "a", null],
    ["a.b", "a\nb", []],
    ["a||b", "a", []],
    ["(|a)", "a", ["a"]],
    ["()", "", [""]],
    ["a^b", "a^b", null],
    ["a$b", "a$b", null],
    ["a**", "a", []],
    ["a+?", "a", []],
    ["a{1}{2}", "aa", []],
    ["a{0}", "", []],
    ["a{2,}", "aaa", []],
    ["]", "]", []],
    ["}", "}", []],
    ["[]a]+", "]a", []],
    ["[^]]", "a", []],
    ["[^]]", "]", null],
    ["[^a]", "\n", []],
    ["[a-]+", "a-", []],
    ["[-a]+", "a-", []],
    ["[--/]+", "-./", []],
    ["[[a]", "[", []],
    ["[a\\]", "\\", []],
    ["[\\]]", "\\]", []],
    ["[[:Alpha:][:digit:]]+", "a1", []],
    ["[[:d:][:w:][:s:]]+", "1_ ", []],
    ["[[:alpha:]]", "\u00e9", null],
    ["[[.hyphen.]]", "-", []],
    ["[[.a.]-c]", "b", []],
    ["[[=a=]]+", "aA", []],
    ["..", "\u00e9", []],
    ["[\u00e9]+", "\u00e9", []],
    ["\\.\\[\\\\\\(\\)\\*\\+\\?\\{\\|\\^\\$", ".[\\()*+?{|^$", []],
    ["(a|ab)(c|bcd)(d*)", "abcd", ["a", "bcd", ""]],
    // A group keeps what an earlier round of its loop matched.
    ["(a|(b))*", "ba", ["a", "b"]],
    // A loop goes round once more on nothing.
    ["(a*)*", "", [""]],
    ["(a*)*", "aa", [""]],
    ["(a*)+", "aa", [""]],
    ["(.*)?", "", [""]],
    ["(a{0,2})*", "aaa", [""]],
    ["(()|a)*", "a", ["", ""]],
    ["(foo)?bar", "bar", [null]],
    ["([0-9]+)\\.([0-9]+)(-.*)?", "12.34-pre", ["12", "34", "-pre"]],
  ]
  for (const [pattern, text, groups] of cases)
    it(`${JSON.stringify(text)} against ${pattern}`, () => assert.deepEqual(match(pattern, text), groups))

  it("takes the first way through where branches overlap", () => {
    assert.deepEqual(match("(a|a)*(b|b)*c", `${"a".repeat(2000)}c`), ["a", null])
  })
})

describe("split", () => {
  const cases: [pattern: string, text: string, parts: (string | (string | null)[])[]][] = [
    [",", "", [""]],
    [",", "a,b", ["a", [], "b"]],
    ["(,)|(;)", "a;b,c", ["a", [null, ";"], "b", [",", null], "c"]],
    ["", "abc", ["", [], "a", [], "b", [], "c", [], ""]],
    ["x*", "axxb", ["", [], "a", [], "", [], "b", [], ""]],
    ["b|", "", ["", [], ""]],
    ["^a", "aaa", ["", [], "aa"]],
    ["a*$", "baa", ["b", [], "", [], ""]],
    ["(^a)?", "aab", ["", ["a"], "", [null], "a", [null], "b", [null], ""]],
    // Of several branches the longest wins, not the first.
    ["a|ab", "xabx", ["x", [], "x"]],
    ["(a|ab)(b?)", "xabx", ["x", ["a", "b"], "x"]],
    ["(foo|foobar)", "-foobar-foo", ["-", ["foobar"], "-", ["foo"], ""]],
  ]
  for (const [pattern, text, parts] of cases)
    it(`${JSON.stringify(text)} at ${pattern || "nothing"}`, () =>
      assert.deepEqual(split(pattern, text), parts))

  it("finds every match in a long text", () => {
    assert.equal(split("\n", "line\n".repeat(50_000)).length, 100_001)
  })
})

describe("a malformed expression", () => {
  const malformed = [
    ...[
      "(",
      ")",
      "a)",
      "[",
      "[a",
      "[]",
      "[^]",
      "*",
      "+a",
      "(*a)",
      "a|*b",
      "^*",
      "(?:a)",
      "\\",
      "a{2",
      "{",
      "a{,2}",
    ],
    ...["a{2,1}", "a{a}", "a{99999999999999999999}", "[b-a]", "[a-c-e]", "[a-[:digit:]]", "[[:digit:]-z]"],
    ...["[[:foo:]]", "[[:alpha:]", "[[:alpha]", "[[.-.]]", "[[.ab.]]", "[[.1.]]", "[a-\u00e9]"],
    ...["\\d", "\\n", "\\-", "\\/", "\\]", "\\}", "(a)\\1"],
  ]
  for (const pattern of malformed)
    it(`${pattern} is refused`, () =>
      assert.throws(() => compilePosixRegex(pattern), {
        name: "RegexError",
        message: `invalid regular expression '${pattern}'`,
      }))

  it("is one whose automaton would be too large", () => {
    assert.equal(match("a{99993}", "b"), null)
    for (const pattern of ["a{99994}", "(a|b){12499}", "a{0,49998}", "(a*){24990}"])
      assert.throws(() => compilePosixRegex(pattern), {
        message: `memory limit exceeded by regular expression '${pattern}'`,
      })
  })
})
