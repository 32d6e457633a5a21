// How answers about a fleet are written for people: tables, one option, findings, and findings as SARIF.

import assert from "node:assert/strict"
import { findingsText, summary } from "../../server/src/cli/check.js"
import { hostsText } from "../../server/src/cli/hosts.js"
import { onlyHosts } from "../../server/src/cli/only-hosts.js"
import { packagesText } from "../../server/src/cli/packages.js"
import { optionText } from "../../server/src/cli/shown/option-text.js"
import { sarif } from "../../server/src/cli/shown/sarif.js"
import { styleOf } from "../../server/src/cli/shown/style.js"
import { cut, listed, table } from "../../server/src/cli/shown/table.js"
import type { Definition, Finding, OptionOnHost } from "../../server/src/fleet/index.js"
import { block } from "../harness/block.js"

const plain = { style: styleOf({ colour: false }), width: Number.POSITIVE_INFINITY }

describe("hosts", () => {
  const host = { class: "nixos", system: "", tags: [], target: "", aspects: [], modules: 0 } as const

  it("that one mistake stops are named together", () => {
    const hosts = [
      { ...host, name: "a", error: "no x" },
      { ...host, name: "b", error: "no y" },
      { ...host, name: "c", error: "no x" },
    ]
    const [, below] = hostsText(hosts, plain).split(/\n\n(.*)/s)
    assert.equal(below, "a, c do not evaluate: no x\n\nb does not evaluate: no y\n")
  })
})

describe("tables", () => {
  it("align their columns and leave out empty ones", () => {
    const rows = [
      ["a", "", "first"],
      ["longer", "", "x"],
    ]
    assert.equal(
      table(["NAME", "TARGET", "WHAT"], rows, plain),
      block(`
        NAME    WHAT
        a       first
        longer  x
      `),
    )
  })
  it("are nothing without rows", () => assert.equal(table(["NAME"], [], plain), ""))
  it("fit the last column to the terminal", () => {
    const rows = [
      ["a", ["one", "two", "three", "four"]],
      ["b", "a text that is too long"],
    ]
    assert.equal(
      table(["N", "WORDS"], rows, { ...plain, width: 18 }),
      block(`
        N  WORDS
        a  one two +2
        b  a text that is…
      `),
    )
  })
  it("are coloured only where somebody sees it", () => {
    const style = styleOf({ colour: true })
    assert.equal(table(["N"], [["x"]], { ...plain, style }), "\x1b[1mN\x1b[22m\nx\n")
    assert.equal(style.red(""), "")
  })
  it("count the words that do not fit", () => {
    assert.equal(listed(["aa", "bb", "cc"], 8), "aa bb cc")
    assert.equal(listed(["aa", "bb", "cc"], 7), "aa +2")
    assert.equal(listed(["aaaaaaaaaa", "b"], 4), "aaaaaaaaaa +1")
    assert.equal(listed([], 4), "")
    assert.equal(cut("abcdef", 4), "abc…")
  })
})

function definition(
  line: number,
  valueText: string,
  priority: number,
  more: Partial<Definition>,
): Definition {
  return { file: "/fleet/modules/ssh.nix", line, column: 3, valueText, priority, wins: false, ...more }
}

function onHost(host: string, valueText: string, definitions: readonly Definition[]): OptionOnHost {
  return {
    host,
    class: "nixos",
    valueText,
    isDefined: true,
    highestPrio: 100,
    type: "boolean",
    description: "Whether it is on.\n\nMore about it.",
    declarations: [],
    definitions,
  }
}

describe("one option", () => {
  it("groups hosts by value, winners before losers, each place once", () => {
    const base = definition(7, "true", 1000, { via: "nixos.base" })
    const hosts = [
      onHost("a", "true", [{ ...base, wins: true }]),
      onHost("b", "true", [
        { ...base, wins: true, via: "nixos.other" },
        definition(9, "false", 50, { condition: "false" }),
      ]),
      onHost("c", "false", [base, definition(12, "false", 100, { wins: true })]),
    ]
    assert.equal(
      optionText({ path: "services.x.enable", hosts }, "/fleet", plain),
      block(`
        services.x.enable  boolean
          Whether it is on.
          = true
            a, b
              set by  modules/ssh.nix:7:3  mkDefault
              unused  modules/ssh.nix:9:3  mkIf false  false  (b)
          = false
            c
              set by  modules/ssh.nix:12:3
              lost    modules/ssh.nix:7:3   mkDefault  true
      `),
    )
  })
  it("says when all hosts agree, and what could not be computed", () => {
    const failing: OptionOnHost = {
      ...onHost("b", "", []),
      isDefined: false,
      error: "infinite recursion encountered",
    }
    const agreeing = optionText(
      { path: "x", hosts: [onHost("a", "1", []), onHost("b", "1", [])] },
      "/fleet",
      plain,
    )
    assert.match(agreeing, /^ {4}all 2 hosts: a, b$/m)
    const partial = optionText({ path: "x", hosts: [onHost("a", "1", []), failing] }, "/fleet", plain)
    assert.match(partial, /^ {2}error {2}b\n {4}infinite recursion encountered$/m)
  })
  it("shows long values shortened", () => {
    const long = Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n")
    const text = optionText({ path: "x", hosts: [onHost("a", long, [])] }, "/fleet", plain)
    assert.match(text, /line 6\n {4}… \(13 more lines\)\n/)
  })
})

const finding: Finding = {
  file: "/fleet/modules/a b.nix",
  range: { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } },
  severity: "error",
  code: "package-broken",
  message: "'x' is broken",
  hosts: ["a", "b"],
  related: [{ file: "/fleet/flake.nix", line: 1, column: 0, message: "used here" }],
}
const remark: Finding = { ...finding, severity: "information", code: "unused", hosts: [], related: [] }

describe("findings", () => {
  it("are lines that terminals and editors turn into links", () =>
    assert.equal(
      findingsText([finding, remark], "/fleet", plain),
      block(`
        modules/a b.nix:3:5: error: 'x' is broken [package-broken] (a, b)
            flake.nix:1: used here
        modules/a b.nix:3:5: information: 'x' is broken [unused]
      `),
    ))
  it("are counted", () => {
    assert.equal(summary([finding, finding, remark]), "2 errors, 1 remark")
    assert.equal(summary([]), "nothing is wrong")
  })
  it("of one host are those that name it or none", () => {
    assert.deepEqual(onlyHosts([finding, remark], ["c"]), [remark])
    assert.deepEqual(onlyHosts([finding, remark], ["b"]), [finding, remark])
    assert.deepEqual(onlyHosts([finding], []), [finding])
  })
})

describe("SARIF", () => {
  const log = JSON.parse(JSON.stringify(sarif([finding, remark], "/fleet")))
  const [run] = log.runs
  it("is version 2.1.0 with one run of Canopy", () => {
    assert.equal(log.version, "2.1.0")
    assert.equal(log.runs.length, 1)
    assert.equal(run.tool.driver.name, "Canopy")
    assert.equal(run.originalUriBaseIds.FLAKE.uri, "file:///fleet/")
  })
  it("names every rule that a result refers to", () => {
    assert.deepEqual(
      run.tool.driver.rules.map((rule: { id: string }) => rule.id),
      ["package-broken", "unused"],
    )
    for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId)
  })
  it("has levels, places relative to the flake, and related places", () => {
    const [first, second] = run.results
    assert.deepEqual([first.level, second.level], ["error", "note"])
    assert.deepEqual(first.locations[0].physicalLocation, {
      artifactLocation: { uri: "modules/a%20b.nix", uriBaseId: "FLAKE" },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
    })
    assert.deepEqual(first.relatedLocations[0].physicalLocation.region, { startLine: 1 })
    assert.equal(first.message.text, "'x' is broken (on a, b)")
    assert.equal(second.relatedLocations, undefined)
  })
  it("names files outside of the flake in full", () => {
    const [result] = JSON.parse(JSON.stringify(sarif([{ ...finding, file: "/else/x.nix" }], "/fleet")))
      .runs[0].results
    assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, { uri: "file:///else/x.nix" })
  })
})

describe("packages", () => {
  it("are tables of channels, broken packages and fallbacks", () => {
    const text = packagesText(
      {
        channels: [{ name: "stable", input: "nixpkgs-stable", rev: "" }],
        broken: [
          {
            name: "x",
            file: "/fleet/a.nix",
            line: 2,
            hosts: ["h"],
            systems: [],
            why: "marked as broken\nand more",
            kind: "broken",
          },
        ],
        fallbacks: [
          {
            name: "y",
            file: "/fleet/o.nix",
            line: 4,
            systems: [],
            from: "stable",
            versions: {},
            state: "removable",
            why: "builds",
          },
        ],
      },
      "/fleet",
      plain,
    )
    assert.equal(
      text,
      block(`
        CHANNEL  INPUT
        stable   nixpkgs-stable

        BROKEN  HOSTS  WHERE    FALLBACK  WHY
        x       h      a.nix:2  none      marked as broken

        FALLBACK  STATE      FROM    SYSTEMS  WHERE    WHY
        y         removable  stable  all      o.nix:4  builds
      `),
    )
  })
})
