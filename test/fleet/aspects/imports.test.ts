// What aspects are called, which hosts import them, and what nobody imports.

import assert from "node:assert/strict"
import { test } from "mocha"
import { nameBelow } from "../../../server/src/fleet/index.js"
import { inputsFolder, plainFleet, showFinding } from "../../harness/fleet-fixture.js"
import { aspectsOf, fleetOf, ownOptions } from "./own-options.js"

test("an aspect's class is the name that says so, before its name or behind it", () => {
  const named = (...names: string[]) => {
    const { class: above, name } = nameBelow(["my", "parts"], names, undefined)
    return `${name} of ${above || "none"}`
  }
  assert.equal(named("nixos", "base"), "base of nixos")
  assert.equal(named("base", "homeManager"), "base of homeManager")
  assert.equal(named("darwin"), "parts of darwin")
  assert.equal(named("generic", "nixos"), "nixos of generic")
  assert.equal(named("terranix", "base"), "base of terranix")
  assert.equal(named("ssh"), "ssh of none")
  assert.equal(named(), "parts of none")
  assert.deepEqual(nameBelow(["own", "nixos", "web"], [], undefined), {
    option: "own.nixos.web",
    class: "nixos",
    name: "web",
  })
  assert.deepEqual(nameBelow(["web", "darwin"], [], undefined), {
    option: "web.darwin",
    class: "darwin",
    name: "web",
  })
  assert.equal(named("nixos", "services", "web"), "services.web of nixos")
  assert.equal(named("kube", "services", "web"), "services.web of kube")
})

test("a host whose module system knows of no classes may import an aspect of any", () => {
  const modules = "modules = [ ./options.nix config.aspects.darwin.name ];"
  const fleet = fleetOf(
    "./aspects.nix",
    `builtins.seq config {
      alpha = lib.evalModules { ${modules} };
      beta = lib.evalModules { ${modules} class = "darwin"; };
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.aspects = mkOption {
    type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
    apply = mapAttrs (_class: mapAttrs (_: module: { inherit _class; imports = [ module ]; }));
  };
  config.aspects.darwin.name.name = "named";
}
`,
  )
  const aspect = { option: "aspects", class: "darwin", name: "name" }
  assert.deepEqual(fleet.session.answer({ kind: "importers", aspects: [aspect] }), ["alpha", "beta"])
})

test("aspects that only hosts make are the same when values are dropped between hosts", () => {
  let cleared = 0
  const memory = { isCrowded: () => true, megabytes: () => 0, clear: () => {}, empty: () => cleared++ }
  const crowded = ownOptions({ memory })
  assert.deepEqual(aspectsOf(crowded), aspectsOf(ownOptions()))
  assert.deepEqual(crowded.check(), ownOptions().check())
  assert.ok(cleared > 3, "two hosts are visited twice")
})

test("an aspect of one's own option that nobody imports is found, where others of its kind are imported", () =>
  assert.deepEqual(ownOptions().check().map(showFinding), [
    "/web.nix:3:3 information unused-aspect [] no host imports the aspect 'nixos.web'",
    "/web.nix:5:3 information unused-aspect [] no host imports the aspect 'unused'",
  ]))

test("an unused aspect is found where it is written, also where the file does not say in which partition its option lies", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ./aspects.nix ]; prefix = [ "partitions" "dev" "module" ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules { class = "nixos"; modules = [ ./options.nix config.my.aspects.nixos.base ]; }; };
}
#- /aspects.nix
{ lib, ... }: {
  options.my.aspects = with lib; mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); };
  config.my.aspects.nixos = {
    base.name = "alpha";
    unused.port = 1;
  };
}
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/aspects.nix:5:5 information unused-aspect [] no host imports the aspect 'nixos.unused'",
  ])
})

test("an aspect is not called unused while it is unknown what a host imports, which may have misspelled it", () => {
  const fleet = fleetOf(
    "./aspects.nix",
    "with config.aspects.nixos; { alpha = lib.evalModules { modules = [ ./options.nix base { imports = [ config.aspects.nixos.mial ]; } ]; }; }",
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.aspects = mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); };
  config.aspects.nixos = { base.name = "alpha"; mail.port = 25; };
}
`,
  )
  assert.deepEqual(
    fleet.check().map(({ code }) => code),
    ["missing-attribute"],
  )
})

test("what a framework writes too, in an option of no class, is no aspect that a host would have to import", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    theirs = builtins.toFile "framework.nix" ''{ lib, ... }: {
      options.schema = lib.mkOption { type = lib.types.attrsOf lib.types.deferredModule; };
      config.schema.user = { };
    }'';
    inherit (lib.evalModules { modules = [ theirs ./schema.nix ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules { class = "nixos"; modules = [ ./options.nix config.schema.host ]; }; };
}
#- /schema.nix
{ schema.host = { name = "alpha"; }; schema.user = { classes = [ ]; }; schema.unused = { port = 1; }; }
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/schema.nix:1:72 information unused-aspect [] no host imports the aspect 'unused'",
  ])
})

test("what makes modules of hosts and is for a configuration of another class is no aspect that a host would have to import", () => {
  const fleet = fleetOf(
    "./parts.nix",
    "config.cluster.machines",
    `
#- /parts.nix
{ lib, config, ... }: with lib; let
  stated = class: mapAttrs (_: module: { _class = class; imports = [ module ]; });
in {
  options.parts = mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); apply = mapAttrs stated; };
  options.cluster = mkOption { type = types.raw; };
  config.parts.cluster = {
    base = { options.machines = mkOption { type = types.lazyAttrsOf types.deferredModule; }; config.machines.alpha.name = "alpha"; };
    web.machines.alpha.port = 80;
    mail = { };
  };
  config.parts.nixos.unused.port = 1;
  config.cluster.machines = mapAttrs (_: module: evalModules { class = "nixos"; modules = [ ./options.nix module ]; })
    (evalModules { class = "cluster"; modules = with config.parts.cluster; [ base web mail ]; }).config.machines;
}
`,
  )
  assert.deepEqual(fleet.check().map(showFinding), [
    "/parts.nix:11:3 information unused-aspect [] no host imports the aspect 'nixos.unused'",
  ])
})
