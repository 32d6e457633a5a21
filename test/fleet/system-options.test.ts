// Options in `perSystem` of flake-parts, which every system has and no host.

import assert from "node:assert/strict"
import { test } from "mocha"
import { dendriticFleet } from "../harness/fleet-fixture.js"

const fleet = dendriticFleet(`
#- /modules/alpha.nix
{
  flake.modules.nixos.alpha.name = "alpha";
  flake.modules.nixos.beta.name = "beta";
  flake.modules.nixos.gamma.name = "gamma";
}
#- /modules/words.nix
{
  systems = [ "x86_64-linux" "aarch64-darwin" ];
  perSystem = { system, lib, ... }: {
    options.words.first = lib.mkOption { type = lib.types.str; default = "none"; };
    options.words.second = lib.mkOption { type = lib.types.str; default = "none"; };
    config.words.first = lib.mkIf (system == "x86_64-linux") "on Linux";
  };
}
#- /modules/unknown.nix
{
  perSystem.wrods.second = "misspelled";
}
`)

const aspects = [{ option: "perSystem", class: "", name: "perSystem" }]
const ask = (path: string) => fleet.session.answer({ kind: "option", path, hosts: [], aspects })

test("an option has its value on every system, also where another one is set that does not exist", () =>
  assert.deepEqual(
    ask("words.first").hosts.map(one => [one.host, one.class, one.value]),
    [
      ["x86_64-linux", "perSystem", "on Linux"],
      ["aarch64-darwin", "perSystem", "none"],
    ],
  ))

test("a set of options has those in it", () =>
  assert.deepEqual(
    ask("words").sets?.map(({ host, options }) => [host, options.map(({ name }) => name)]),
    [
      ["x86_64-linux", ["first", "second"]],
      ["aarch64-darwin", ["first", "second"]],
    ],
  ))

test("one that no system has is told as that, with what may have been meant", () => {
  const { hosts, near, isForSystems } = ask("words.frist")
  assert.deepEqual({ hosts, near, isForSystems }, { hosts: [], near: ["words.first"], isForSystems: true })
})

test("whoever asks without saying where gets it, too, if no host has it", () => {
  const { hosts } = fleet.session.answer({ kind: "option", path: "words.second" })
  assert.deepEqual(
    hosts.map(({ value }) => value),
    ["none", "none"],
  )
})

test("no host imports it", () => assert.deepEqual(fleet.session.answer({ kind: "importers", aspects }), []))
