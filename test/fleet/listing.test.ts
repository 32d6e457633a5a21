// What a list of hosts costs and what it still says: the facts without the module system's check of every definition, and
// the mistakes that the fleet's own files show.

import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { inputsFolder } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const root = temporaryFolder("listing")

const options = `{ lib, ... }: {
  options.nixpkgs.hostPlatform = lib.mkOption { default = { system = "x86_64-linux"; }; };
  options.motd = lib.mkOption { type = lib.types.str; };
  options.costly = lib.mkOption { type = lib.types.attrs; };
}`

function fleetOf(modules: Readonly<Record<string, string>>) {
  writeFileSync(join(root, "options.nix"), options)
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(root, `${name}.nix`), text)
  const hosts = Object.keys(modules).map(name => `${name} = host ./${name}.nix;`)
  writeFileSync(
    join(root, "flake.nix"),
    `{
      inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
      outputs = { nixpkgs, ... }: let
        host = file: nixpkgs.lib.evalModules { class = "nixos"; modules = [ ./options.nix file ]; };
      in { nixosConfigurations = { ${hosts.join(" ")} }; };
    }`,
  )
  return openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
}

test("an option that does not exist is said in the list of hosts, with the other facts of the host", () => {
  const fleet = fleetOf({ good: `{ motd = "hi"; }`, typo: `{ config.mtd = "hi"; }` })
  const said = fleet
    .answer({ kind: "hosts" })
    .map(({ name, system, modules, error }) => [name, system, modules, error])
  assert.deepEqual(said[0], ["good", "x86_64-linux", 2, undefined])
  assert.deepEqual(said[1].slice(0, 3), ["typo", "x86_64-linux", 2])
  assert.match(String(said[1][3]), /^The option `mtd' does not exist/)
})

test("a list of hosts that were named evaluates no others", () => {
  const fleet = fleetOf({ one: `{ motd = "hi"; }`, other: `{ motd = "ho"; }` })
  const told: string[] = []
  const said = fleet.answer({ kind: "hosts", hosts: ["other"] }, ({ message }) => told.push(message))
  assert.deepEqual(
    said.map(({ name, modules }) => [name, modules]),
    [["other", 2]],
  )
  assert.deepEqual(
    told.filter(message => message.startsWith("evaluating")),
    ["evaluating other"],
  )
  assert.equal(fleet.answer({ kind: "hosts" }).length, 2)
})

test("the names of the hosts, or why there are none, are known before any is evaluated", () => {
  const outlineOf = (outputs: string) => {
    writeFileSync(join(root, "flake.nix"), `{ outputs = _: ${outputs}; }`)
    return openFleet({ root, offline: true, overrideInputs: {} }, new Disk()).answer({ kind: "outline" })
  }
  const named = outlineOf("{ nixosConfigurations.one = throw 1; }")
  assert.deepEqual([named.hostNames, named.noHosts], [["one"], undefined])
  assert.match(outlineOf("{ packages = { }; }").noHosts ?? "", /^none of the outputs nixosConfigurations, /)
  assert.match(outlineOf(`throw "not today"`).noHosts ?? "", /not today/)
})

test("a fleet says why it may lack hosts: an output that fails, a file with a syntax error, and nothing else", () => {
  const gapOf = (outputs: string, names = "{ }") => {
    writeFileSync(join(root, "names.nix"), names)
    writeFileSync(join(root, "flake.nix"), `{ outputs = _: ${outputs}; }`)
    const fleet = openFleet({ root, offline: true, overrideInputs: {} }, new Disk()).answer({ kind: "load" })
    return [fleet.hosts.map(({ name }) => name).join(" "), fleet.incomplete]
  }
  const one = "nixosConfigurations.one = throw 1;"
  assert.deepEqual(gapOf(`{ ${one} }`), ["one", undefined])
  assert.deepEqual(gapOf("{ }"), ["", undefined])
  assert.deepEqual(gapOf("{ ? }"), [
    "",
    "flake.nix: found '?', wanted an attribute name or '}' (at flake.nix:1:18)",
  ])
  const half = `{ ${one} darwinConfigurations = throw "not today"; }`
  assert.deepEqual(gapOf(half), ["one", "not today (at flake.nix:1:76)"])
  const read = `{ ${one} homeConfigurations = import ./names.nix; }`
  assert.deepEqual(gapOf(read, "{ two = 2; three = 3; }"), ["one three two", undefined])
  assert.deepEqual(gapOf(read, "{ two = ; three = 3; }"), [
    "one three two",
    "found ';', wanted an expression (at names.nix:1:9)",
  ])
})

test("a list of hosts does not make the types of the options that hosts set", () => {
  writeFileSync(join(root, "type.nix"), "lib: lib.types.str")
  const declared = `{ lib, ... }: {
    options.services.dns.settings = lib.mkOption { type = import ./type.nix lib; };`
  const parsed = (text: string) => {
    const fleet = fleetOf({ one: `${declared} ${text} }` })
    assert.deepEqual(
      fleet.answer({ kind: "hosts" }).map(({ error }) => error === undefined),
      [true],
    )
    return fleet.fleet().ev.counters.filesParsed
  }
  assert.equal(parsed(`config.services.dns.settings = "a";`), parsed(""))
})

test("a list of hosts does not look into what nobody asked for", () => {
  const fleet = fleetOf({ one: `{ motd = throw "asked"; costly = builtins.trace "asked" { a = 1; }; }` })
  fleet.answer({ kind: "hosts" })
  const { forced } = fleet.fleet().ev.counters
  fleet.fleet().named(undefined)[0].configuration()
  assert.equal(fleet.answer({ kind: "hosts" })[0].error, undefined)
  assert.ok(forced < fleet.fleet().ev.counters.forced, "the check of all definitions was made for the list")
})
