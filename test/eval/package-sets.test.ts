// When a package set that is asked for again is the one that there is, and when it is made anew.

import assert from "node:assert/strict"
import { test } from "mocha"
import { Evaluator, noIO, printValue } from "../../server/src/eval/index.js"

/** A function with the parameters of nixpkgs' own, which says that it was run; its set fails where an overlay is no function. */
const nixpkgs = `
  { localSystem, crossSystem ? null, config ? { }, overlays ? [ ], crossOverlays ? [ ], stdenvStages ? 1, ... }@args:
  if builtins.all builtins.isFunction overlays then builtins.trace "made" { inherit (localSystem) system; inherit config; }
  else throw "no overlay"
`
const around = `
  overlay = final: prev: { };
  overlays = { default = overlay; };
  of = system: extra: nixpkgs ({ localSystem = { inherit system; }; overlays = [ overlays.default ]; } // extra);
`

/** What elaborates systems in nixpkgs, and something that is not nixpkgs' and does the same. */
const files: Readonly<Record<string, string>> = {
  "/n/lib/systems/default.nix": "system: { inherit system; emulator = pkgs: system; }",
  "/own.nix": "system: { inherit system; emulator = pkgs: system; }",
}

/** What an expression gives, and how many package sets were made for it. */
function made(expression: string, sharesPackageSets = true): readonly [string, number] {
  const traced: string[] = []
  const io = {
    ...noIO,
    trace: (line: string) => traced.push(line),
    kindOf: (path: string) => (path in files ? ("regular" as const) : undefined),
    readFile: (path: string) => files[path],
  }
  const ev = new Evaluator({ io, sharesPackageSets })
  const value = ev.evaluateText(`let nixpkgs = ${nixpkgs}; ${around} in ${expression}`, "/")
  return [printValue(ev, value, { force: true }), traced.length]
}

function countOf(...extras: readonly string[]): number {
  return made(`map (set: set.system) [ ${extras.map(extra => `(of "a" ${extra})`).join(" ")} ]`)[1]
}

test("the same packages are made once, however their arguments came about", () => {
  const [value, count] = made(
    `map (user: (of "a" { config.allowUnfree = user != ""; }).system) [ "x" "y" "z" ]`,
  )
  assert.equal(value, `[ "a" "a" "a" ]`)
  assert.equal(count, 1)
})

test("each system, and each configuration, has packages of its own", () => {
  assert.deepEqual(made(`map (system: (of system { }).system) [ "a" "b" "a" ]`), [`[ "a" "b" "a" ]`, 2])
  assert.equal(
    countOf("{ config.a = 1; }", "{ config.a = 1.0; }", "{ config.b = 1; }", "{ config = { }; }", "{ }"),
    5,
  )
  assert.equal(
    countOf("{ config.a = [ 1 /b ]; }", "{ config.a = [ (2 - 1) /b ]; }", "{ config.a = [ 1 /c ]; }"),
    2,
  )
})

test("functions are the same only where they are one closure", () => {
  assert.equal(countOf("{ overlays = [ overlay ]; }", "{ overlays = [ overlays.default ]; }"), 1)
  assert.equal(countOf("{ overlays = [ (a: b: { }) ]; }", "{ overlays = [ (a: b: { }) ]; }"), 2)
  assert.equal(countOf("{ config.f = overlay; }", "{ config.f = (x: x); }"), 2)
})

test("systems that nixpkgs made are the same where their attributes are, whatever functions they hold", () => {
  const ofSystems = (file: string, ...systems: readonly string[]) =>
    countOf(...systems.map(system => `{ localSystem = import ${file} "${system}"; }`))
  assert.equal(ofSystems("/n/lib/systems/default.nix", "a", "a"), 1)
  assert.equal(ofSystems("/n/lib/systems/default.nix", "a", "b"), 2)
  assert.equal(ofSystems("/own.nix", "a", "a"), 2)
})

test("what refers to a derivation is only the same where it is the same value", () => {
  const name = `"\${derivation { name = "n"; system = "a"; builder = "b"; }}"`
  assert.equal(countOf(`{ config.a = ${name}; }`, `{ config.a = ${name}; }`), 2)
})

test("arguments that are not known have to be one thing from the start", () => {
  assert.equal(countOf("{ other = 1; }", "{ other = 1; }"), 1)
  assert.equal(countOf("{ other = 1 + 1; }", "{ other = 1 + 1; }"), 2)
  assert.equal(countOf("{ stdenvStages = 2; }", "{ stdenvStages = 2; }"), 2)
})

test("arguments that fail are left to the function", () => {
  const wrong = `(builtins.tryEval (of "a" { overlays = [ 1 ]; })).success`
  assert.deepEqual(made(`[ (of "a" { }).system ${wrong} ${wrong} ]`), [`[ "a" false false ]`, 1])
  const thrown = `(builtins.tryEval (of "a" { config = { a = throw "lazy"; }; }).system)`
  assert.deepEqual(made(`map (x: x.success) [ ${thrown} ${thrown} ]`), ["[ true true ]", 2])
})

test("a configuration that asks for the packages themselves is no loop", () => {
  const lazy = `(let set = of "a" { config.name = set.system; }; in set.config.name)`
  assert.deepEqual(made(`[ (of "a" { config.name = "b"; }).system ${lazy} ]`), [`[ "a" "a" ]`, 2])
})

test("a program that is evaluated for its own sake makes each set anew", () => {
  assert.deepEqual(made(`[ (of "a" { }).system (of "a" { }).system ]`, false), [`[ "a" "a" ]`, 2])
})
