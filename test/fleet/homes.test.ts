// Homes. Of those that stand alone home-manager's own checks are findings, and stand in the way of nothing else; those of a
// host's users have options of their own, whatever the host calls by the same name.

import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "mocha"
import { openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { exampleFleet } from "../harness/example-fleet.js"
import { inputsFolder } from "../harness/fleet-fixture.js"

const root = mkdtempSync(join(tmpdir(), "canopy-homes-"))
after(() => rmSync(root, { recursive: true }))

test("a home is listed without its assertions, and has its options where one fails", () => {
  writeFileSync(
    join(root, "flake.nix"),
    `{
      inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
      outputs = { nixpkgs, ... }: let
        home = name: let
          raw = nixpkgs.lib.evalModules {
            class = "homeManager";
            modules = [ { options.name = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; config = { inherit name; }; } ];
          };
        in if raw.config.name == "" then throw "Failed assertions" else raw // { activationPackage = raw; };
      in { homeConfigurations = { me = home "me"; nobody = home ""; broken = throw "no home"; }; };
    }`,
  )
  const fleet = openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
  const { hosts } = fleet.answer({ kind: "option", path: "name" })
  const values = hosts.map(({ host, value, error }) => [host, value ?? error?.split("\n", 1)[0]])
  assert.deepEqual(values, [
    ["broken", "no home (at flake.nix:10:78)"],
    ["me", "me"],
    ["nobody", ""],
  ])
})

test("an option is asked where its aspect's module is: in homes, and of each user", () => {
  const ask = (path: string, name: string, above = "homeManager") => {
    const aspects = [{ option: "flake.modules", class: above, name }]
    const { hosts } = exampleFleet().answer({
      kind: "option",
      path,
      hosts: ["cinnabar", "rosegold"],
      aspects,
    })
    return hosts.map(({ host, user, definitions, error }) => [
      host,
      user,
      error ?? definitions.find(({ wins }) => wins)?.via,
    ])
  }
  const zsh = "flake.modules.homeManager.zsh"
  assert.deepEqual(ask("programs.zsh.enable", "zsh"), [
    ["cinnabar", "cameron", zsh],
    ["rosegold", "cameron", zsh],
    ["rosegold", "janet", zsh],
  ])
  assert.deepEqual(ask("programs.zsh.enable", "zsh", "nixos"), [
    ["cinnabar", undefined, "flake.modules.nixos.zsh"],
    ["rosegold", undefined, "flake.modules.darwin.zsh"],
  ])
  const cinnabar = "machines/nixos/cinnabar"
  assert.deepEqual(ask("networking.hostName", cinnabar, "nixos")[0], [
    "cinnabar",
    undefined,
    `flake.modules.nixos."${cinnabar}"`,
  ])
  assert.equal(ask("networking.hostName", cinnabar, "nixos").length, 2, "one answer for each host")
  assert.deepEqual(ask("programs.zsh", "zsh"), [], "a set of options is none")
})
