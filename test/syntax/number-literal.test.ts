// Which number literals are in range. The borders are those of Nix 2.34.8.

import assert from "node:assert/strict"
import { floatOfLiteral, isIntegerInRange } from "../../server/src/syntax/number-literal.js"

describe("a literal", () => {
  it("of a float is out of range where strtod says so", () => {
    assert.equal(floatOfLiteral("1.5e300"), 1.5e300)
    assert.equal(floatOfLiteral("2.2250738585072014e-308"), 2 ** -1022)
    assert.equal(floatOfLiteral("0.0e-400"), 0)
    for (const text of ["1.0e309", "1.0e-310", "2.2250738585072011e-308", "1.0e-400"])
      assert.equal(floatOfLiteral(text), undefined, text)
  })

  it("of an integer is in range up to 2^63 - 1", () => {
    for (const text of ["0", "999999999999999999", "9223372036854775807", "0000000000000000000001"])
      assert.equal(isIntegerInRange(text), true, text)
    for (const text of ["9223372036854775808", "99999999999999999999"])
      assert.equal(isIntegerInRange(text), false, text)
  })
})
