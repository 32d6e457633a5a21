// Versions and names: the answers are those of Nix 2.34.8.

import assert from "node:assert/strict"
import { compareVersions, parseDrvName, splitVersion } from "../../server/src/eval/builtins/version.js"

describe("version", () => {
  it("falls into runs of digits and of anything else", () => {
    assert.deepEqual(splitVersion("1.0pre-2..rc3+b"), ["1", "0", "pre", "2", "rc", "3", "+b"])
    assert.deepEqual(splitVersion(".-"), [])
  })

  it("is older or newer component by component", () => {
    const ascending = ["1.0pre1", "1.0", "1.0a", "1.0.1", "1.0.2", "1.0.10", "2.3", "2.3.1"]
    for (let at = 0; at < ascending.length; at++)
      for (let other = 0; other < ascending.length; other++)
        assert.equal(
          compareVersions(ascending[at], ascending[other]),
          Math.sign(at - other),
          `${ascending[at]} ${ascending[other]}`,
        )
    assert.equal(compareVersions("1.01", "1-1"), 0)
    assert.equal(compareVersions("2.3pre1", "2.3pre12"), -1)
    assert.equal(compareVersions("1.0.", "1.0"), 0)
  })

  it("with a number beyond 32 bits counts it as letters", () => {
    assert.equal(compareVersions("2147483647", "5"), 1)
    assert.equal(compareVersions("2147483648", "5"), -1)
    assert.equal(compareVersions("20240101123456", "20230101123456"), 1)
    assert.equal(compareVersions("99999999999", "100000000000"), 1)
  })
})

describe("name of a derivation", () => {
  const names: [full: string, name: string, version: string][] = [
    ["hello-2.12.3", "hello", "2.12.3"],
    ["gtk+-3.0", "gtk+", "3.0"],
    ["a-b-1-c", "a-b", "1-c"],
    ["nix", "nix", ""],
    ["nix-", "nix-", ""],
    ["nix--1", "nix", "-1"],
    ["a-_b", "a", "_b"],
  ]
  for (const [full, name, version] of names)
    it(`${full} is ${name} and ${version || "no version"}`, () =>
      assert.deepEqual(parseDrvName(full), { name, version }))
})
