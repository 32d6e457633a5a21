// Values of options that are no plain data, and names with dots in them: what the command line makes of both.

import assert from "node:assert/strict"
import { test } from "mocha"
import { Evaluator, noIO } from "../../server/src/eval/index.js"
import { failureInside } from "../../server/src/modules/failure-inside.js"
import { jsonValue } from "../../server/src/modules/json-value.js"
import { renderValue } from "../../server/src/modules/render.js"
import { plainFleet } from "../harness/fleet-fixture.js"

function evaluated(text: string) {
  const ev = new Evaluator({ io: noIO })
  return { ev, value: ev.evaluateText(text, "/", "/test.nix") }
}

function jsonOf(text: string): unknown {
  const { ev, value } = evaluated(text)
  return jsonValue(ev, value).value
}

function failureOf(text: string): string | undefined {
  const { ev, value } = evaluated(text)
  return failureInside(ev, value)?.message
}

test("JSON of a value is that of builtins.toJSON: what has a text or lies somewhere is one string", () => {
  assert.deepEqual(jsonOf('{ a = { _type = "flake"; outPath = "/src"; huge = throw "not needed"; }; }'), {
    a: "/src",
  })
  assert.deepEqual(jsonOf('[ { __toString = self: "I am ${self.name}"; name = "Ann"; } ]'), ["I am Ann"])
  assert.equal(jsonOf('{ package = { type = "derivation"; name = "hello"; }; }'), undefined)
})

test("mkIf and its kind inside of a value are shown as they are written", () => {
  const { ev, value } = evaluated(`
    let
      mkIf = condition: content: { _type = "if"; inherit condition content; };
      mkOverride = priority: content: { _type = "override"; inherit priority content; };
      mkOrder = priority: content: { _type = "order"; inherit priority content; };
    in {
      a = mkIf true (mkOverride 50 "x");
      b = mkOverride 1337 { };
      c = mkOrder 1500 [ 1 ];
      d = { _type = "merge"; contents = [ 1 (mkIf false 2) ]; };
      e = { _type = "if"; };
    }`)
  assert.equal(
    renderValue(ev, value),
    '{ a = mkIf true (mkForce "x"); b = mkOverride 1337 { }; c = mkAfter [ 1 ]; d = mkMerge [ 1 (mkIf false 2) ]; e = { _type = "if"; }; }',
  )
})

test("a failure is found behind functions and packages, not in what throws by design", () => {
  assert.equal(failureOf("{ a = x: x; b = [ { } { c = { }.gone; } ]; }"), "attribute 'gone' missing")
  assert.equal(failureOf('{ a = x: x; b = throw "removed"; c = assert false; 1; }'), undefined)
  assert.equal(
    failureOf('{ p = { type = "derivation"; drvPath = { }.gone; }; s = rec { inner = s; s = { }; }; }'),
    undefined,
  )
})

test("an attribute of a value is no path of ours, whatever its name", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: { options.site = lib.mkOption { default = { file = "größe"; files = [ "€" ]; }; }; }
`)
  const [{ value }] = fleet.option("site", ["alpha"])
  assert.deepEqual(value, { file: "größe", files: ["€"] })
})

test("the quotes of a name with dots may be left away", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: {
  options."com.apple.mouse".speed = lib.mkOption { type = lib.types.int; default = 3; };
  options.".Global".level = lib.mkOption { default = 1; };
  options.sites = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule { options.port = lib.mkOption { type = lib.types.port; }; });
  };
  config.sites."example.org".port = 80;
}
`)
  for (const path of ["com.apple.mouse.speed", '"com.apple.mouse".speed'])
    assert.deepEqual(fleet.values(path), { alpha: "3", beta: "3", gamma: "3" }, path)
  assert.deepEqual(fleet.values(".Global.level"), { alpha: "1", beta: "1", gamma: "1" })
  for (const path of ["sites.example.org.port", 'sites."example.org".port'])
    assert.deepEqual(fleet.values(path), { alpha: "80", beta: "80", gamma: "80" }, path)
})

test("what a function elsewhere puts behind a false mkIf is not shown as if the module had written it", () => {
  const fleet = plainFleet(`
#- /never.nix
lib: value: { name = lib.mkIf false (value + "!"); }
#- /hosts/beta.nix
{ lib, ... }: { imports = [ (import ../never.nix lib "b") ]; config = lib.mkIf false { name = "c" + "d"; }; }
#- /hosts/gamma.nix
{ lib, ... }: lib.mkMerge [ { name = "gamma"; } ((import ../never.nix) lib "g") ]
`)
  const [gamma] = fleet.option("name", ["gamma"])
  assert.deepEqual(
    gamma.definitions.map(({ valueText, condition }) => [valueText, condition]),
    [
      ['"gamma"', undefined],
      ["…", "false"],
    ],
  )
  const [beta] = fleet.option("name", ["beta"])
  assert(beta.definitions.some(({ valueText }) => valueText === '"c" + "d"'))
})

test("a default is the declaring module's, also where a function of another file writes the declaration", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: { options = import ../make.nix lib; }
#- /make.nix
lib: { level = lib.mkOption { default = 3; }; }
`)
  const [{ definitions, declarations }] = fleet.option("level", ["alpha"])
  assert.deepEqual(
    definitions.map(({ file }) => file),
    ["/fleet/modules/base.nix"],
  )
  assert.deepEqual(
    declarations.map(({ file }) => file),
    ["/fleet/make.nix"],
  )
})
