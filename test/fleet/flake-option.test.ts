// Options that no host has: those of what makes the flake's outputs.

import assert from "node:assert/strict"
import { test } from "mocha"
import { dendriticFleet } from "../harness/fleet-fixture.js"

const fleet = dendriticFleet(`
#- /modules/registry.nix
{ lib, ... }:
{
  options.registry.machines = lib.mkOption { type = lib.types.attrsOf (lib.types.attrsOf lib.types.str); };
  options.name = lib.mkOption { type = lib.types.str; };
  options.gone = lib.mkOption { default = { }.missing; };
  config.registry.machines.alpha.place = "Bern";
  config.name = "of the fleet";
  options.whole = lib.mkOption { default = { }; apply = written: written // { added = "within"; }; };
  options.part = lib.mkOption { type = lib.types.deferredModule; };
  config.part.word = "word";
}
#- /modules/aspects.nix
{
  flake.modules.nixos.alpha.name = "alpha";
  flake.modules.nixos.beta = { name = "beta"; };
  flake.modules.nixos.gamma = { lib, ... }: { options.gone = lib.mkOption { default = 1; }; config.name = "gamma"; };
}
`)

const answers = (path: string) =>
  fleet.option(path).map(({ host, class: of, valueText }) => `${host} (${of}): ${valueText}`)

test("an option of flake-parts' own configuration is answered from there, and by no host", () => {
  assert.deepEqual(answers("registry.machines"), ['flake.nix (flake): { alpha = { place = "Bern"; }; }'])
  assert.deepEqual(answers("registry.machines.alpha.place"), ['flake.nix (flake): "Bern"'])
  const [{ definitions, type }] = fleet.option("registry.machines")
  assert.equal(type, "attribute set of attribute set of string")
  assert.deepEqual(
    definitions.map(({ file, line }) => `${file}:${line}`),
    ["/fleet/modules/registry.nix:6"],
  )
})

test("a path that hosts have too is answered by both, and one that nobody has by none", () => {
  assert.deepEqual(answers("name"), [
    'flake.nix (flake): "of the fleet"',
    'alpha (nixos): "alpha"',
    'beta (nixos): "beta"',
    'gamma (nixos): "gamma"',
  ])
  assert.deepEqual(answers("registry.nothing"), [])
  assert.equal(
    fleet.option("registry.machines", ["alpha"])[0].error,
    "the option 'registry.machines' does not exist",
  )
})

test("an option of hosts is not mistaken for one of the flake that has its name and fails", () => {
  assert.deepEqual(answers("gone"), ["gamma (nixos): 1"])
})

test("a place inside of an option has its value, although nobody writes it there", () => {
  const [{ value, isDefined, definitions }] = fleet.option("whole.added")
  assert.deepEqual({ value, isDefined, definitions }, { value: "within", isDefined: true, definitions: [] })
})

test("what a value lacks is not missing at the one place where some text has its name", () =>
  assert.equal(fleet.option("part.word")[0].error, "attribute 'word' missing"))
