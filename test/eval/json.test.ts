// JSON: values and messages are those of Nix 2.34.8 for the same bytes.

import assert from "node:assert/strict"
import type { DataBuilder } from "../../server/src/eval/formats/data-builder.js"
import { jsonFault, parseJson, quoteJson } from "../../server/src/eval/formats/json.js"
import { bytesOf } from "../../server/src/eval/index.js"

/** Says what kind each datum was. */
const described: DataBuilder<string> = {
  null: () => "null",
  bool: value => `bool ${value}`,
  int: value => `int ${value}`,
  float: value => `float ${Object.is(value, -0) ? "-0" : value}`,
  string: text => `string ${Buffer.from(text, "latin1").toString()}`,
  list: elements => `[${elements.join(", ")}]`,
  attrs: members => `{${[...members].map(([name, value]) => `${name}: ${value}`).join(", ")}}`,
}

describe("fromJSON", () => {
  const documents: [text: string, value: string][] = [
    ["1", "int 1"],
    ["-0", "int 0"],
    ["-0.0", "float -0"],
    ["1.0", "float 1"],
    ["1e2", "float 100"],
    ["9007199254740993", "int 9007199254740993"],
    ["9223372036854775807", "int 9223372036854775807"],
    ["-9223372036854775808", "int -9223372036854775808"],
    ["18446744073709551616", "float 18446744073709552000"],
    ["-9223372036854775809", "float -9223372036854776000"],
    [" [ true , false,null ] ", "[bool true, bool false, null]"],
    ["[]", "[]"],
    ["{}", "{}"],
    ['{"a":[1,2.5,"x",null,true]}', "{a: [int 1, float 2.5, string x, null, bool true]}"],
    ['{"a":1,"b":{},"a":2}', "{a: int 2, b: {}}"],
    ['{"__proto__":1,"2":3}', "{__proto__: int 1, 2: int 3}"],
    ['"a\\u00e9\\ud83d\\ude00\\n\\/"', "string a\u00e9\u{1f600}\n/"],
    ['"\u00e9\u20ac\u{1f600}"', "string \u00e9\u20ac\u{1f600}"],
    ["\ufeff1", "int 1"],
  ]
  for (const [text, value] of documents)
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(parseJson(bytesOf(text), described), value))

  it("survives deep nesting", () => {
    const depth = 2000
    assert.equal(
      parseJson("[".repeat(depth) + "]".repeat(depth), described),
      "[".repeat(depth) + "]".repeat(depth),
    )
  })

  const syntaxErrors: [text: string, place: string, message: string][] = [
    ["  ", "line 1, column 3", "value - unexpected end of input; expected '[', '{', or a literal"],
    ["[1,]", "line 1, column 4", "value - unexpected ']'; expected '[', '{', or a literal"],
    ["[1,2,x]", "line 1, column 6", "value - invalid literal; last read: '2,x'"],
    ["tru", "line 1, column 4", "value - invalid literal; last read: 'tru'"],
    ["// x", "line 1, column 1", "value - invalid literal; last read: '/'"],
    ['{"a": u}', "line 1, column 7", "value - invalid literal; last read: '\"a\": u'"],
    ["[1 2]", "line 1, column 4", "array - unexpected number literal; expected ']'"],
    ["{1\n}", "line 1, column 0", "object key - unexpected number literal; expected string literal"],
    ["{x", "line 1, column 2", "object key - invalid literal; last read: '{x'; expected string literal"],
    ['{"a" 1}', "line 1, column 6", "object separator - unexpected number literal; expected ':'"],
    ['{"a":1 "b"}', "line 1, column 10", "object - unexpected string literal; expected '}'"],
    ["1 2", "line 1, column 3", "value - unexpected number literal; expected end of input"],
    ["01", "line 1, column 2", "value - unexpected number literal; expected end of input"],
    ["[\n1\n,\n,", "line 4, column 1", "value - unexpected ','; expected '[', '{', or a literal"],
    ["-", "line 1, column 2", "value - invalid number; expected digit after '-'; last read: '-'"],
    ["1.", "line 1, column 3", "value - invalid number; expected digit after '.'; last read: '1.'"],
    [
      "1ex",
      "line 1, column 3",
      "value - invalid number; expected '+', '-', or digit after exponent; last read: '1ex'",
    ],
    [
      "1e+",
      "line 1, column 4",
      "value - invalid number; expected digit after exponent sign; last read: '1e+'",
    ],
    ['"a', "line 1, column 3", "value - invalid string: missing closing quote; last read: '\"a'"],
    [
      '"\\x"',
      "line 1, column 3",
      "value - invalid string: forbidden character after backslash; last read: '\"\\x'",
    ],
    [
      '"\\u12"',
      "line 1, column 6",
      "value - invalid string: '\\u' must be followed by 4 hex digits; last read: '\"\\u12\"'",
    ],
    [
      '"\\ud800"',
      "line 1, column 8",
      "value - invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF; last read: '\"\\ud800\"'",
    ],
    [
      '"\\udc00"',
      "line 1, column 7",
      "value - invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF; last read: '\"\\udc00'",
    ],
    [
      '"a\nb"',
      "line 2, column 0",
      "value - invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n; last read: '\"a<U+000A>'",
    ],
    [
      '"\u0001"',
      "line 1, column 2",
      "value - invalid string: control character U+0001 (SOH) must be escaped to \\u0001; last read: '\"<U+0001>'",
    ],
  ]
  for (const [text, place, message] of syntaxErrors)
    it(`refuses ${JSON.stringify(text)} in the words of Nix`, () =>
      assert.throws(() => parseJson(text, described), {
        name: "JsonError",
        message: `[json.exception.parse_error.101] parse error at ${place}: syntax error while parsing ${message}`,
      }))

  const otherErrors: [text: string, message: string][] = [
    [
      "",
      "[json.exception.parse_error.101] parse error at line 1, column 1: attempting to parse an empty input; check that your input string or stream contains the expected JSON",
    ],
    [
      '"\xe9a"',
      "[json.exception.parse_error.101] parse error at line 1, column 3: syntax error while parsing value - invalid string: ill-formed UTF-8 byte; last read: '\"\xe9a'",
    ],
    [
      "\xef\xbb1",
      "[json.exception.parse_error.101] parse error at line 1, column 3: syntax error while parsing value - invalid BOM; must be 0xEF 0xBB 0xBF if given; last read: '\xef\xbb1'",
    ],
    ["9223372036854775808", "unsigned json number 9223372036854775808 outside of Nix integer range"],
    ["1e400", "[json.exception.out_of_range.406] number overflow parsing '1e400'"],
    [
      '"a\\u0000b"',
      `input string 'a${bytesOf("\u2400")}b' cannot be represented as Nix string because it contains null bytes`,
    ],
  ]
  for (const [text, message] of otherErrors)
    it(`refuses ${JSON.stringify(text)} in the words of Nix`, () =>
      assert.throws(() => parseJson(text, described), { name: "JsonError", message }))
})

describe("a text in JSON", () => {
  it("escapes control characters, quotes and backslashes, and nothing else", () => {
    assert.equal(quoteJson('"\\/\b\f\n\r\t\x01\x1f\x7f'), '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f"')
    assert.equal(quoteJson(bytesOf("\u00e9\u2028\u{1f600}")), bytesOf('"\u00e9\u2028\u{1f600}"'))
  })

  const refused: [text: string, problem: string][] = [
    ["\xc3", "incomplete UTF-8 string; last byte: 0xC3"],
    ["a\xe2\x82", "incomplete UTF-8 string; last byte: 0x82"],
    ["\xc3a", "invalid UTF-8 byte at index 1: 0x61"],
    ["\xff", "invalid UTF-8 byte at index 0: 0xFF"],
    ["ab\xc0\x80", "invalid UTF-8 byte at index 2: 0xC0"],
    ["\xed\xa0\x80", "invalid UTF-8 byte at index 1: 0xA0"],
    ["\xf4\x90\x80\x80", "invalid UTF-8 byte at index 1: 0x90"],
    ["\xe0\x80\x80", "invalid UTF-8 byte at index 1: 0x80"],
  ]
  for (const [text, problem] of refused)
    it(`is refused when it is ${JSON.stringify(text)}`, () =>
      assert.equal(jsonFault(text), `[json.exception.type_error.316] ${problem}`))
})
