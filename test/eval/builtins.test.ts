// The table of builtins: that its names are Nix's, and that everything it says by example is true.
//
// test/eval/builtin-names.txt has the names of Nix 2.34 with the features `nix-command` and `flakes`; CANOPY_NIX=/path/to/nix
// asks that Nix as well. With other features Nix has `fetchClosure` (`fetch-closure`) and `outputOf` (`dynamic-derivations`).

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import {
  builtinConstants,
  builtinRows,
  bytesOf,
  Evaluator,
  examplesOf,
  printValue,
  textOfBytes,
} from "../../server/src/eval/index.js"
import { createWorld, type Machine } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { realNix } from "../harness/real-nix.js"

const nix = realNix()
const golden = join(__dirname, "builtin-names.txt")
const named = [...Object.keys(builtinRows), ...Object.keys(builtinConstants)].sort()
const impure: Machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }

function canopySays(expression: string, machine: Machine | undefined): string {
  const ev = new Evaluator({ io: createWorld({ files: new Disk(), machine, trace: () => {} }) })
  const value = ev.evaluateText(bytesOf(expression), "/")
  return textOfBytes(printValue(ev, value, { force: true }))
}

function nixSays(program: string, expression: string, ...more: string[]): string {
  const features = ["--extra-experimental-features", "nix-command flakes"]
  const args = [...features, "eval", ...more, "--expr", expression]
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" })
  return stdout === "" ? stderr : stdout.trimEnd()
}

const allNames = `builtins.concatStringsSep "\\n" (builtins.attrNames builtins)`

test("the names of builtins are those of Nix with flakes", function () {
  this.timeout(60_000)
  if (nix !== undefined && process.env.UPDATE === "1")
    writeFileSync(golden, `${JSON.parse(nixSays(nix, allNames, "--impure", "--json"))}\n`)
  const wanted = readFileSync(golden, "utf8").trimEnd().split("\n")
  assert.deepEqual(JSON.parse(canopySays(allNames, impure)).split("\n"), wanted)
  if (nix !== undefined) assert.deepEqual(JSON.parse(nixSays(nix, allNames, "--impure")).split("\n"), wanted)
})

test("pure evaluation knows neither the time nor the system, nor what an experimental feature adds", () => {
  const pure = JSON.parse(canopySays(allNames, undefined)).split("\n")
  assert.deepEqual(
    named.filter(name => !pure.includes(name)),
    ["currentSystem", "currentTime", "outputOf"],
  )
})

test("every builtin is documented, with names for its arguments", () => {
  for (const name of named) {
    const row = Object.hasOwn(builtinRows, name) ? builtinRows[name] : undefined
    const doc = row?.doc ?? builtinConstants[name]
    assert.match(doc, /^[A-Z].{15,}[.)`]$/s, name)
    assert.notEqual(row?.args.length, 0, name)
  }
})

test("every example of a builtin is true", function () {
  this.timeout(120_000)
  for (const name of named)
    for (const { expression, value } of examplesOf(name)) {
      assert.equal(canopySays(expression, impure), value, expression)
      if (nix !== undefined) assert.equal(nixSays(nix, expression, "--impure"), value, expression)
    }
})
