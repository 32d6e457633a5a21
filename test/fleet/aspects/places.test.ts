// Where what an aspect sets is written.

import assert from "node:assert/strict"
import { test } from "mocha"
import { inputsFolder, plainFleet, showFinding } from "../../harness/fleet-fixture.js"
import { ownOptions } from "./own-options.js"

test("what an option makes of a text is set where that text is, not in another aspect", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ./aspects.nix ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules {
    class = "nixos";
    modules = [ ./options.nix config.my.aspects.base config.my.aspects.text ];
  }; };
}
#- /called.nix
name: { inherit name; port = 7; }
#- /aspects.nix
{ lib, ... }: {
  options.my.aspects = lib.mkOption {
    type = with lib.types; attrsOf (coercedTo str (import ./called.nix) deferredModule);
  };
  config.my.aspects.base.port = 7;
  config.my.aspects.other = { name = "gamma"; };
  config.my.aspects.text = "alpha";
}
`)
  const placesOf = (path: string) =>
    fleet
      .option(path)[0]
      .definitions.filter(({ via }) => via !== undefined)
      .map(({ file, line, via }) => `${via} ${file}:${line}`)
  assert.deepEqual(placesOf("name"), ["my.aspects.text /fleet/aspects.nix:7"])
  assert.deepEqual(placesOf("port").sort(), [
    "my.aspects.base /fleet/aspects.nix:5",
    "my.aspects.text /fleet/aspects.nix:7",
  ])
})

test("a definition says by which aspect it came, and one in a folder's default.nix has its line", () => {
  const fleet = ownOptions()
  const written = (path: string) =>
    fleet.option(path).map(({ host, definitions }) => {
      const [{ file, line, via }] = definitions.filter(({ wins }) => wins)
      return `${host} ${file.replace("/fleet/", "")}:${line} ${via ?? ""}`
    })
  assert.deepEqual(written("port"), ["alpha web.nix:4 fleet.free.desk.nixos", "beta base.nix:1 parts.ssh"])
  assert.deepEqual(written("name"), ["alpha alpha.nix:1 ", "beta folder/default.nix:2 "])
})

test("a file that a framework imports from a copy of the flake is the flake's own", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    copy = builtins.path { path = ./.; name = "copy"; };
  in { nixosConfigurations.alpha = nixpkgs.lib.evalModules { class = "nixos"; modules = [ ./options.nix (copy + "/modules/a.nix") ]; }; };
}
#- /modules/a.nix
{ name = "alpha";
  prot = 1; }
`)
  const [{ definitions }] = fleet.option("name")
  assert.deepEqual(definitions[0], { ...definitions[0], file: "/fleet/modules/a.nix", line: 1, wins: true })
  assert.match(
    fleet.check().map(showFinding).join("\n"),
    /^\/modules\/a.nix:2:3 error unknown-option \[alpha\]/,
  )
})

test("a module that a framework names after a file that is not there is where it is written", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    named = path: args: import path args // { _file = ./homes + ("/" + baseNameOf path); };
  in { nixosConfigurations.alpha = lib.evalModules { class = "nixos"; modules = [ ./options.nix (named ./modules/tag.nix) ]; }; };
}
#- /modules/tag.nix
{ lib, ... }: {
  options.tag = lib.mkOption { type = lib.types.str; default = "none"; };
  config = lib.mkIf (lib.version != "") { tag = "a" + "b"; };
}
`)
  const [{ definitions }] = fleet.option("tag")
  assert.deepEqual(
    definitions.map(({ file, line }) => `${file}:${line}`),
    ["/fleet/modules/tag.nix:2", "/fleet/modules/tag.nix:3"],
  )
})

test("what is set in an element of a list, or by a function, has its line", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ./aspects.nix ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules {
    class = "nixos";
    modules = [ ./options.nix (config.made.named { name = "alpha"; }) ] ++ config.lists.base;
  }; };
}
#- /aspects.nix
{ lib, ... }: {
  options.lists = with lib.types; lib.mkOption { type = attrsOf (listOf deferredModule); };
  options.made = with lib.types; lib.mkOption { type = attrsOf (functionTo deferredModule); };
  config.made.named = { name }: { inherit name; };
  config.lists.base = [
    { greeting = "hi"; }
    { port = 7; }
  ];
}
`)
  const lineOf = (path: string) =>
    fleet.option(path)[0].definitions.flatMap(({ line, wins }) => (wins ? [line] : []))
  assert.deepEqual(["name", "greeting", "port"].map(lineOf), [[4], [6], [7]])
})
