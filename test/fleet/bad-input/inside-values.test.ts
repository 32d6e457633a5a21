// Mistakes deep inside a value: what a check looks at there, and what it leaves alone.

import assert from "node:assert/strict"
import { test } from "mocha"
import { plainFleet } from "../../harness/fleet-fixture.js"

test("a mistake inside a value of no particular type is told, what throws there is not", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: {
  options = lib.genAttrs [ "checks" "packages" ] (_: lib.mkOption { type = lib.types.raw; });
  config.checks = [ { assertion = { }.cycle; } ];
  config.packages = { gone = throw "removed"; };
}
`)
  const errorOf = (path: string) => fleet.option(path, ["alpha"])[0].error
  assert.match(errorOf("checks") ?? "", /^attribute 'cycle' missing/)
  assert.equal(errorOf("packages"), undefined)
})

test("of a submodule a check looks at what the fleet's own files set, not at what its modules make of it", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: {
  options.homes = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule (builtins.toFile "home.nix" ''
    { config, lib, ... }: {
      options = lib.genAttrs [ "shell" "made" ] (_: lib.mkOption { type = lib.types.str; }) // {
        files = lib.mkOption { type = lib.types.attrsOf lib.types.str; };
      };
      config.made = ({ }).this-is-for-a-build;
      config.files.theirs = ({ }).this-too;
    }
  '')); };
  config.homes.ann = { shell = "fish"; files.ours = ({ }).this-is-a-mistake; };
  config.homes.bob = lib.mkMerge [ { shell = 1; } ];
}
`)
  assert.deepEqual(
    fleet.check().map(({ code, message }) => `${code} ${message.split("\n")[0]}`),
    [
      "missing-attribute attribute 'this-is-a-mistake' missing",
      "wrong-type A definition for option `homes.bob.shell' is not of type `string'. Definition values:",
    ],
  )
})
