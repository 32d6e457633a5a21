// Homes. Of those that stand alone home-manager's own checks are findings, and stand in the way of nothing else; those of a
// host's users have options of their own, whatever the host calls by the same name.

import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { compareSystems, type EvaluationSession, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { exampleFleet } from "../harness/example-fleet.js"
import { inputsFolder } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const root = temporaryFolder("homes")

/** A fleet whose outputs may say `evaluate CLASS NAME`, for a configuration with one option, `name`. */
function fleetOf(outputs: string): EvaluationSession {
  writeFileSync(
    join(root, "flake.nix"),
    `{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    declared.options.name = lib.mkOption { type = lib.types.str; };
    evaluate = class: name: lib.evalModules { inherit class; modules = [ declared { inherit name; } ]; };
  in ${outputs};
}`,
  )
  return openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
}

test("a home is listed without its assertions, and has its options where one fails", () => {
  const fleet = fleetOf(`let
    home = name: let raw = evaluate "homeManager" name; in
      if raw.config.name == "" then throw "Failed assertions" else raw // { activationPackage = raw; };
    in { homeConfigurations = { me = home "me"; nobody = home ""; broken = throw "no home"; }; }`)
  const { hosts } = fleet.answer({ kind: "option", path: "name" })
  const values = hosts.map(({ host, value, error }) => [host, value ?? error?.split("\n", 1)[0]])
  assert.deepEqual(values, [
    ["broken", "no home (at flake.nix:10:76)"],
    ["me", "me"],
    ["nobody", ""],
  ])
})

test("the system of a home is what home-manager builds, and none where it refuses the home", () => {
  const fleet = fleetOf(`let
    made = { lib, ... }: { options.home.activationPackage = lib.mkOption { default = derivation { name = "home"; system = "none"; builder = "none"; }; }; };
    raw = name: lib.evalModules { class = "homeManager"; modules = [ declared made { inherit name; } ]; };
    home = name: let checked = if (raw name).config.name == "" then throw "Failed assertions" else raw name; in
      checked // { inherit (checked.config.home) activationPackage; };
    in { homeConfigurations = { bare = raw "bare"; me = home "me"; nobody = home ""; }; }`)
  const systems = fleet.answer({ kind: "toplevels" })
  const said = systems.map(({ host, drvPath, error }) => [
    host,
    drvPath.slice(44),
    error?.split(" (at ", 1)[0],
  ])
  assert.deepEqual(said, [
    ["bare", "home.drv", undefined],
    ["me", "home.drv", undefined],
    ["nobody", "", "Failed assertions"],
  ])
})

test("the modules of a home are known where home-manager hands on only its options and its values", () => {
  const fleet = fleetOf(`let
    home = name: let raw = evaluate "homeManager" name; checked = if raw.config.name == "" then throw "Failed assertions" else raw;
      in { inherit (checked) options config; activationPackage = { }; };
  in { homeConfigurations = { me = home "me"; nobody = home ""; }; }`)
  const known = fleet.answer({ kind: "hosts" }).map(({ name, modules, error }) => [name, modules, error])
  assert.deepEqual(known, [
    ["me", 2, undefined],
    ["nobody", 2, undefined],
  ])
})

test("a host and a home of the same name answer once each", () => {
  const fleet = fleetOf(`{
    nixosConfigurations.me = evaluate "nixos" "machine";
    homeConfigurations.me = evaluate "homeManager" "home" // { activationPackage = { }; };
  }`)
  const { hosts } = fleet.answer({ kind: "option", path: "name" })
  assert.deepEqual(
    hosts.map(({ value }) => value),
    ["machine", "home"],
  )
})

test("homes among the packages of every system are listed once each, where Nix finds them as well", () => {
  const fleet = fleetOf(`let
    home = name: evaluate "homeManager" name // { activationPackage = { }; };
    of = system: { homeConfigurations = { me = home "me on ${"$"}{system}"; } // lib.optionalAttrs (system == "riscv64-linux") { small = home "small"; }; };
  in {
    packages = lib.genAttrs [ "aarch64-darwin" "riscv64-linux" "x86_64-linux" ] of;
    legacyPackages.x86_64-linux = throw "not needed";
  }`)
  const { hosts } = fleet.answer({ kind: "option", path: "name" })
  assert.deepEqual(
    hosts.map(({ host, value }) => [host, value]),
    [
      ["me", "me on x86_64-linux"],
      ["small", "small"],
    ],
  )
})

test("homes that every system has among its legacyPackages are listed beside machines, which other packages do not delay", () => {
  const machines = 'nixosConfigurations.box = evaluate "nixos" "box";'
  const homes = (outputs: string) =>
    fleetOf(`let
    home = name: evaluate "homeManager" name // { activationPackage = { }; };
    me = system: { homeConfigurations.me = home "me on ${"$"}{system}"; };
  in { ${machines} ${outputs} }`)
      .answer({ kind: "option", path: "name" })
      .hosts.map(({ value }) => value)
  const systems = '[ "aarch64-darwin" "x86_64-linux" ]'
  assert.deepEqual(homes(`legacyPackages = lib.genAttrs ${systems} me; packages = throw "not needed";`), [
    "box",
    "me on x86_64-linux",
  ])
  assert.deepEqual(homes('legacyPackages = { x86_64-linux = { }; aarch64-linux = abort "not needed"; };'), [
    "box",
  ])
  assert.deepEqual(homes('legacyPackages = throw "broken";'), ["box"])
})

test("a host and a home of the same name have a system each", () => {
  const fleet = fleetOf(`let
    machine = evaluate "nixos" "me";
    system.build.toplevel.drvPath = "/machine.drv";
  in {
    nixosConfigurations.me = machine // { config = machine.config // { inherit system; }; };
    homeConfigurations.me = evaluate "homeManager" "me" // { activationPackage = { }; };
  }`)
  const systems = fleet.answer({ kind: "systems", options: [] })
  assert.deepEqual(
    systems.map(({ class: above, drvPath, error }) => [above, drvPath, error !== undefined]),
    [
      ["nixos", "/machine.drv", false],
      ["homeManager", "", true],
    ],
  )
  const [machine, home] = compareSystems(systems, [{ ...systems[0], drvPath: "/other.drv" }, systems[1]])
  assert.deepEqual([machine.class, machine.before, machine.after], ["nixos", "/machine.drv", "/other.drv"])
  assert.deepEqual([home.class, home.changed], ["homeManager", false])
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
