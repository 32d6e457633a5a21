// TOML: what is accepted and what it means was compared with Nix 2.34.8 for every document here.

import assert from "node:assert/strict"
import { parseToml, refuseDateTime, type TomlBuilder } from "../../server/src/eval/formats/toml.js"
import { bytesOf } from "../../server/src/eval/index.js"

/** Floats and dates keep their kind. */
const typed: TomlBuilder<unknown> = {
  bool: value => value,
  int: value => value,
  string: text => text,
  list: elements => elements,
  attrs: members => Object.fromEntries(members),
  float: value => ({ float: Object.is(value, -0) ? "-0" : String(value) }),
  nan: isNegative => ({ float: isNegative ? "-NaN" : "NaN" }),
  dateTime: (kind, text) => ({ [kind]: text }),
}

describe("fromTOML", () => {
  const documents: [title: string, text: string, value: unknown][] = [
    ["nothing", "", {}],
    ["comments and blank lines", "# a\n\n  \t# b\r\na = 1 # c", { a: 1 }],
    ["a byte order mark", "\ufeffa = 1", { a: 1 }],
    [
      "keys of all sorts",
      'a-b_1 = 1\n1.2 = 3\n"q r" . \'l\\\' = 4\n"" = 5',
      { "a-b_1": 1, "1": { "2": 3 }, "q r": { "l\\": 4 }, "": 5 },
    ],
    [
      "integers",
      "a=+1\nb=-0\nc=1_000\nd=0xFf_0\ne=0o17\nf=0b11",
      { a: 1, b: 0, c: 1000, d: 4080, e: 15, f: 3 },
    ],
    [
      "integers up to 64 bits",
      "a=9223372036854775807\nb=-9223372036854775808\nc=0x7FFFFFFFFFFFFFFF",
      { a: 9223372036854775807n, b: -9223372036854775808n, c: 9223372036854775807n },
    ],
    [
      "floats",
      "a=1.0\nb=-0.0\nc=1e06\nd=6.6_2E-3\ne=inf\nf=-inf\ng=+nan\nh=1e-999",
      {
        a: { float: "1" },
        b: { float: "-0" },
        c: { float: "1000000" },
        d: { float: "0.00662" },
        e: { float: "Infinity" },
        f: { float: "-Infinity" },
        g: { float: "NaN" },
        h: { float: "0" },
      },
    ],
    ["truth values", "a=true\nb=false", { a: true, b: false }],
    [
      "escapes",
      'a = "\\b\\t\\n\\f\\r\\"\\\\\\u00e9\\U0001F600"',
      { a: bytesOf('\b\t\n\f\r"\\\u00e9\u{1f600}') },
    ],
    ["literal strings", "a = 'C:\\x'\nb = ''", { a: "C:\\x", b: "" }],
    [
      "multi-line strings",
      'a = """\nx\\\n\n   y\nz"""\nb = \'\'\'\na\'b\'\'c\'\'\'\nc = """a""b"""""\nd = """"""',
      { a: "xy\nz", b: "a'b''c", c: 'a""b""', d: "" },
    ],
    ["carriage returns inside of strings", "a = '''x\r\ny'''", { a: "x\r\ny" }],
    ["arrays over lines", "a = [ # c\n 1,\n\n [2] # d\n ,\n]", { a: [1, [2]] }],
    [
      "inline tables",
      "a = {}\nb = { c.d = 1, c.e = 2 }\nf = [{g=1},{h=2}]",
      { a: {}, b: { c: { d: 1, e: 2 } }, f: [{ g: 1 }, { h: 2 }] },
    ],
    ["tables in any order", "[a.b]\n[a]\nx=1\n[a.c]", { a: { b: {}, x: 1, c: {} } }],
    ["dotted keys", "a.b.c=1\na.d=1\na.b.e=1\n[x]", { a: { b: { c: 1, e: 1 }, d: 1 }, x: {} }],
    ["a header below a dotted key", "[x]\na.b.c=1\n[x.a.d]", { x: { a: { b: { c: 1 }, d: {} } } }],
    [
      "arrays of tables",
      "[[a.b]]\nx=1\n[[a.b]]\n[a.b.c]\ny=1\n[[a.b]]\n[[a.b.d]]",
      { a: { b: [{ x: 1 }, { c: { y: 1 } }, { d: [{}] }] } },
    ],
    [
      "dates and times",
      "a=1979-05-27 07:32:00\nb=1979-05-27t07:32:00.5z\nc=2000-02-29 # x\nd=07:32:00.123456789123\n" +
        "e=1979-05-27T07:32:00.10-07:30\nf=00:00:60.000\ng=1979-05-27T07:32:00+00:00",
      {
        a: { "local-date-time": "1979-05-27T07:32:00" },
        b: { "offset-date-time": "1979-05-27T07:32:00.500Z" },
        c: { "local-date": "2000-02-29" },
        d: { "local-time": "07:32:00.123456789" },
        e: { "offset-date-time": "1979-05-27T07:32:00.100-07:30" },
        f: { "local-time": "00:00:60" },
        g: { "offset-date-time": "1979-05-27T07:32:00Z" },
      },
    ],
  ]
  for (const [title, text, value] of documents)
    it(`reads ${title}`, () => assert.deepEqual(parseToml(bytesOf(text), typed), value))

  it("has no dates for Nix as it comes", () => {
    assert.throws(() => parseToml("a = 1979-05-27", { ...typed, dateTime: refuseDateTime }), {
      name: "TomlError",
      message: "while parsing TOML: Dates and times are not supported",
    })
  })

  const refused: [text: string, message: string][] = [
    ["a = ", "expected a value (line 1, column 5)"],
    ["= 1", "expected a key (line 1, column 1)"],
    ["a = 1\na = 2", "'a' is already defined (line 2, column 1)"],
    ["a = 1\n\n  b 2", "expected '=' or '.' after a key (line 3, column 5)"],
    ["[a]\n[a]", "table 'a' is already defined (line 2, column 1)"],
    ["a.b=1\n[a]", "table 'a' is already defined (line 2, column 1)"],
    ["[[a]]\n[a]", "table 'a' is already defined (line 2, column 1)"],
    ["a=[1]\n[[a]]", "'a' is already defined and is no array of tables (line 2, column 1)"],
    ["a={b=1}\n[a.c]", "'a' is already a value, not a table (line 2, column 1)"],
    ["a={b=1}\na.c=2", "a dotted key cannot add to 'a', which is already defined (line 2, column 1)"],
    ["[a.b.c]\n[a]\nb.d=1", "a dotted key cannot add to 'b', which is already defined (line 3, column 1)"],
    ["a={a={x=1}, a.y=2}", "a dotted key cannot add to 'a', which is already defined (line 1, column 13)"],
    ["a = {b=1, }", "expected a key (line 1, column 11)"],
    ["a = {b=1,\nc=2}", "expected a key (line 1, column 10)"],
    ["a = [1 2]", "expected ',' or ']' (line 1, column 8)"],
    ["a = 1 2", "expected the end of the line (line 1, column 7)"],
    ["a = 1\rb = 2", "expected the end of the line (line 1, column 6)"],
    ["[a]b = 1", "expected the end of the line (line 1, column 4)"],
    ["[a", "expected ']' (line 1, column 3)"],
    ["[[a]", "expected ']]' (line 1, column 4)"],
    ["a = tru", "'tru' is no value (line 1, column 5)"],
    ["a = 01", "'01' is no value (line 1, column 5)"],
    ["a = 1__0", "'1__0' is no value (line 1, column 5)"],
    ["a = -0xff", "'-0xff' is no value (line 1, column 5)"],
    ["a = 1.", "'1.' is no value (line 1, column 5)"],
    ["a = .5", "'.5' is no value (line 1, column 5)"],
    ["a = 07:32", "'07:32' is no value (line 1, column 5)"],
    ["a = 2100-02-29", "'2100-02-29' is no date (line 1, column 5)"],
    ["a = 24:00:00", "'24:00:00' is no time of day (line 1, column 5)"],
    [
      "b = 1\n  a = -9_223_372_036_854_775_809\nc = 2",
      "[error] toml::parse_dec_integer: too large integer: current max digits = 2^63\n --> fromTOML\n   |\n" +
        " 2 | ... a = -9_223_372_036_854_775_809\n   |                                   ^-- must be < 2^63\n",
    ],
    [
      "a = 0x8000000000000000 # c",
      "[error] toml::parse_hex_integer: too large integer: current max value = 2^63\n --> fromTOML\n   |\n" +
        " 1 | a = 0x8000000000000000 # c\n   |                       ^-- must be < 2^63\n",
    ],
    ["a = 1e400", "float '1e400' is out of range (line 1, column 5)"],
    ['a = "x', "unterminated string (line 1, column 5)"],
    ['a = "\n"', "unterminated string (line 1, column 5)"],
    ['a = """x', "unterminated string (line 1, column 5)"],
    ['a = "\\x41"', "invalid escape (line 1, column 6)"],
    ['a = """x\\ y"""', "invalid escape (line 1, column 9)"],
    ['a = "\\ud800"', "'\\ud800' is no Unicode scalar value (line 1, column 6)"],
    [
      'a = "x\\u0000"',
      "error: input string 'x\xe2\x90\x80' cannot be represented as Nix string because it contains null bytes",
    ],
    ["a = '\x01'", "control character in a string (line 1, column 6)"],
    ["a = '\xff'", "a string must be UTF-8 (line 1, column 6)"],
    ["# \x01\n", "control character in a comment (line 1, column 3)"],
    ["\xc3\xa9 = 1", "expected a key (line 1, column 1)"],
  ]
  for (const [text, message] of refused)
    it(`refuses ${JSON.stringify(text)}`, () =>
      assert.throws(() => parseToml(text, typed), {
        name: "TomlError",
        message: `while parsing TOML: ${message}`,
      }))
})
