// Mistakes that show in several ways, and are told once, at what has to be mended.

import assert from "node:assert/strict"
import { test } from "mocha"
import { checkFindings as check, ports } from "../../harness/findings.js"
import { dendriticFleet, inputsFolder, plainFleet, showFinding } from "../../harness/fleet-fixture.js"

test("an option that fails in a file of an input is told where it is set, not where it is read", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, lib, ... }:
{
  name = "alpha";
  greeting = lib.mkOverride "900" "hi";
#                           ^^^^^ error type [alpha] cannot compare a string with an integer; values are "900" and 1500
  tags = [ config.greeting ];
}
`,
    { port: ports },
  ))

test("an option that has no value because its name is misspelled is told as misspelled", () =>
  check(
    `
#- /modules/people.nix
{ lib, ... }:
{
  options.people = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.shell = lib.mkOption { type = lib.types.str; };
    });
  };
}
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  imports = [ ../modules/people.nix ];
  people.ann.shel = "zsh";
# ^^^^^^^^^^^^^^^ error unknown-option [alpha] The option \`people.ann.shel' does not exist. Definition values: | - In \`hosts/alpha.nix': "zsh" | Did you mean \`people.ann.shell'?
  tags = [ config.people.ann.shell ];
}
`,
    { port: ports },
  ))

test("a type that lacks its argument is told at the declaration, wherever its module is written", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, lib, ... }:
let
  shared = {
    options.people = lib.mkOption { type = lib.types.listOf; default = [ ]; };
#   ^^^^^^^^^^^^^^ error type [alpha] the type of this option is a function, which lacks an argument
  };
in
{
  imports = [ shared ];
  name = "alpha";
  people = [ "ann" ];
  tags = config.people;
}
`,
    { port: ports },
  ))

test("what a module sets that a function gives is checked", () =>
  check(
    `
#- /modules/people.nix
{ lib, ... }:
{
  options.people = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule {
      options.shell = lib.mkOption { type = lib.types.str; default = ""; };
    });
  };
}
#- /hosts/alpha.nix
let
  made = name: { config, ... }: {
    people.\${name} = { };
    people.ann.shell = config.nam;
#                             ^^^ error missing-attribute [alpha] attribute 'nam' missing | Did you mean name?
  };
in
{
  name = "alpha";
  imports = [ ../modules/people.nix (made "bob") ];
}
`,
    { port: ports },
  ))

test("an element of a list is told where it stands, and a function in it with what it is not called with", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  name = "alpha";
  tags = lib.mkForce [ "a" lib.toUpper "b" 5 ];
#                          ^^^^^^^^^^^ error wrong-type [alpha] A definition for option \`tags."[definition 1-entry 2]"' is not of type \`string'. Definition values: | - In \`hosts/alpha.nix': <function> | It lacks an argument; in a list, a call needs parentheses: \`(f x)'
}
`,
    { port: ports },
  ))

test("an assertion that is no Boolean is a mistake of its own", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  assertions = [ { assertion = "yes"; message = "no"; } ];
#                  ^^^^^^^^^ error type [alpha] expected a Boolean but found a string: "yes"
}
`,
    { port: ports },
  ))

test("an option of another class says on which hosts it exists", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }:
    let
      host = class: name: nixpkgs.lib.evalModules {
        inherit class;
        modules = [ ./options.nix ./modules/\${class}.nix ./hosts/\${name}.nix ];
      };
    in
    {
      nixosConfigurations.alpha = host "nixos" "alpha";
      darwinConfigurations = nixpkgs.lib.genAttrs [ "beta" "gamma" ] (host "darwin");
    };
}
#- /modules/nixos.nix
{ }
#- /modules/darwin.nix
{ lib, ... }: { options.homebrew.enable = lib.mkEnableOption "homebrew"; }
#- /hosts/alpha.nix
{
  name = "alpha";
  homebrew.enable = true;
# ^^^^^^^^^^^^^^^ error unknown-option [alpha] The option \`homebrew' does not exist. Definition values: | - In \`hosts/alpha.nix': |     { |       enable = true; |     } | 'homebrew' is an option of darwin (beta, gamma)
}
`,
    { port: ports },
  ))

test("an option that is misspelled on another host, which a host of another class reads, exists on neither", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { self, nixpkgs, ... }:
    let
      host = class: name: nixpkgs.lib.evalModules {
        inherit class;
        specialArgs = { inherit self; };
        modules = [ ./options.nix ./people.nix ./hosts/\${name}.nix ];
      };
    in
    {
      nixosConfigurations.alpha = host "nixos" "alpha";
      darwinConfigurations = nixpkgs.lib.genAttrs [ "beta" "gamma" ] (host "darwin");
    };
}
#- /people.nix
{ lib, ... }:
{
  options.people = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.shell = lib.mkOption { type = lib.types.str; default = "sh"; };
    });
  };
}
#- /hosts/alpha.nix
{ self, ... }:
{
  name = "alpha";
  tags = [ self.darwinConfigurations.beta.config.people.ann.shell ];
}
#- /hosts/beta.nix
{
  name = "beta";
  people.ann.colour = "blue";
# ^^^^^^^^^^^^^^^^^ error unknown-option [alpha beta] The option \`people.ann.colour' does not exist. Definition values: | - In \`hosts/beta.nix': "blue" | Did you mean \`people.ann.shell'?
}
`,
    { port: ports },
  ))

test("what is wrong in a JSON or TOML file that a module reads is told in that file", () =>
  check(
    `
#- /data/alpha.json
{ "port": 22
  "tags": [ ] }
#      ^ error invalid-value [alpha] [json.exception.parse_error.101] parse error at line 2, column 8: syntax error while parsing object - unexpected string literal; expected '}'
#- /data/beta.toml
port = 22
tags = [ "a"
greeting = "hi"
^ error invalid-value [beta] while parsing TOML: expected ',' or ']' (line 3, column 1)
#- /hosts/alpha.nix
{ lib, ... }: { name = "alpha"; tags = (lib.importJSON ../data/alpha.json).tags; }
#- /hosts/beta.nix
{ name = "beta"; tags = (builtins.fromTOML (builtins.readFile ../data/beta.toml)).tags; }
`,
    { port: ports },
  ))

test("a name that a set does not have is told with the names that it may be, which a fix puts there", () => {
  const fleet = plainFleet(`
#- /hosts/alpha.nix
{ lib, ... }: { name = "alpha"; tags = lib.mkFroce [ ]; }
`)
  const [finding] = fleet.check()
  assert.equal(finding.message, "attribute 'mkFroce' missing\nDid you mean mkForce?")
  assert.deepEqual(finding.fix, { kind: "rename", from: "mkFroce", to: ["mkForce"] })
})

test("an aspect that is imported twice is one finding at the import of the fewest hosts, however many options it declares", () =>
  check(
    `
#- /modules/base.nix
{
  flake.modules.nixos.base = { lib, ... }: {
    options.speed = lib.mkOption { default = 1; };
    options.weight = lib.mkOption { default = 1; };
  };
}
#- /modules/server.nix
{ config, ... }:
{
  flake.modules.nixos.server.imports = [ config.flake.modules.nixos.base ];
}
#- /modules/alpha.nix
{ config, ... }:
{
  flake.modules.nixos.alpha = {
    imports = with config.flake.modules.nixos; [ server base ];
#                                                       ^^^^ error declared-twice [alpha] the aspect 'nixos.base' is imported twice, so that it declares its options twice
    name = "alpha";
  };
}
#- /modules/others.nix
{ config, ... }:
{
  flake.modules.nixos.beta = { name = "beta"; imports = [ config.flake.modules.nixos.server ]; };
  flake.modules.nixos.gamma.name = "gamma";
}
`,
    { port: ports },
    dendriticFleet,
  ))

test("an option without a value is told at what is set nearest to it, also two levels above", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = [ ../modules/homes.nix ];
  homes.ann.git = true;
# ^^^^^^^^^^^^^ error option-without-value [alpha] The option \`homes.ann.state.version' was accessed but has no value defined. Try setting the option.
}
#- /modules/homes.nix
{ lib, ... }:
{
  # A module of somebody else.
  imports = [
    (builtins.toFile "versions.nix" "{ lib, config, ... }: { tags = lib.mapAttrsToList (_: home: home.state.version) config.homes; }")
  ];
  config.tags = [ "base" ];
  options.homes = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.git = lib.mkOption { default = false; };
      options.state.version = lib.mkOption { type = lib.types.str; };
    });
  };
}
`,
    { port: ports },
  ))

test("an argument that modules are not given says how they get one", () =>
  check(
    `
#- /hosts/alpha.nix
{ site, ... }: { name = "alpha"; greeting = site; }
# ^^^^ error missing-attribute [alpha] attribute 'site' missing | Modules are not given 'site': it takes \`_module.args.site', or \`specialArgs' if 'imports' depend on it
`,
    { port: ports },
  ))

test("an option that only other hosts have is told with what declares it there", () =>
  check(
    `
#- /modules/speed.nix
{
  flake.modules.nixos.speed = { lib, ... }: { options.speed.limit = lib.mkOption { default = 1; }; };
}
#- /modules/alpha.nix
{
  flake.modules.nixos.alpha = {
    name = "alpha";
    speed.limit = 2;
#   ^^^^^^^^^^^ error unknown-option [alpha] The option \`speed' does not exist. Definition values: | - In \`modules/alpha.nix, via option flake.modules.nixos.alpha': |     { |       limit = 2; |     } | 'speed' is declared by the aspect 'nixos.speed' (modules/speed.nix), which beta, gamma have as a module
  };
}
#- /modules/others.nix
{ config, ... }:
{
  flake.modules.nixos.beta = { name = "beta"; imports = [ config.flake.modules.nixos.speed ]; };
  flake.modules.nixos.gamma = { name = "gamma"; imports = [ config.flake.modules.nixos.speed ]; };
}
`,
    { port: ports },
    dendriticFleet,
  ))

test("a file of aspects that a host imports is told at that import", () =>
  check(
    `
#- /modules/speed.nix
{
  flake.modules.nixos.speed = { };
}
#- /modules/alpha.nix
{
  flake.modules.nixos.alpha = {
    name = "alpha";
    imports = [ ./speed.nix ];
#               ^^^^^^^^^^^ error unknown-option [alpha] The option \`flake' does not exist. Definition values: | - In \`modules/speed.nix': |     { |       modules = { |         nixos = { |           speed = { }; |         }; |     ... | 'modules/speed.nix' defines aspects, for the flake: import one of them, and not the file
  };
}
#- /modules/others.nix
{ config, ... }:
{
  flake.modules.nixos.beta = { name = "beta"; imports = [ config.flake.modules.nixos.speed ]; };
  flake.modules.nixos.gamma.name = "gamma";
}
`,
    { port: ports },
    dendriticFleet,
  ))

test("a module of hosts among those of the flake says that it belongs in an aspect", () =>
  check(
    `
#- /modules/loose.nix
{
  port = 80;
# ^^^^ error unknown-option [alpha beta gamma] The option \`port' does not exist. Definition values: | - In \`modules/loose.nix': 80 | 'port' is an option of hosts, and this file is a module of the flake: set it in an aspect
}
#- /modules/aspects.nix
{
  flake.modules.nixos.alpha.name = "alpha";
  flake.modules.nixos.beta.name = "beta";
  flake.modules.nixos.gamma.name = "gamma";
}
`,
    {},
    dendriticFleet,
  ))

test("a misspelled output of hosts is told there, and no aspect is called unused because of it", () => {
  const fleet = dendriticFleet(`
#- /modules/hosts.nix
{ config, inputs, lib, ... }:
{
  imports = [ inputs.flake-parts.flakeModules.modules ];
  systems = [ ];
  flake.nixosConfiguration.alpha = lib.evalModules { modules = [ config.flake.modules.nixos.alpha ]; };
  flake.darwinConfigurations = { };
  flake.nixopsConfigurations.default = { };
}
#- /modules/aspects.nix
{
  flake.modules.nixos.alpha = { };
  flake.modules.nixos.beta = { };
}
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/modules/hosts.nix:5:3 warning unknown-output [] nothing reads the output 'nixosConfiguration'; did you mean 'nixosConfigurations'?",
  ])
})

test("aspects of a misspelled class, and in a misspelled option, are told where they are written", () => {
  const fleet = dendriticFleet(`
#- /modules/aspects.nix
{
  flake.modules.nixos.alpha.name = "alpha";
  flake.modules.nixos.beta.name = "beta";
  flake.modules.nixos.gamma.name = "gamma";
  flake.modules.nixso.beta.port = 80;
  flake.modules.terranix.beta = { };
  flake.module.nixos.gamma.port = 80;
}
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/modules/aspects.nix:5:3 warning unknown-output [] no host imports modules of the class 'nixso'; did you mean 'nixos'?",
    "/modules/aspects.nix:7:3 warning unknown-output [] nothing reads the output 'module'; did you mean 'modules'?",
  ])
})

test("a system that does not exist is told where it is written, not at who asks for its packages", () =>
  check(
    `
#- /packages.nix
lib: system: lib.systems.elaborate system
#- /hosts/alpha.nix
{ lib, ... }:
let
  packagesFor = import ../packages.nix lib;
  hostSystem = "x86_64-linx";
#              ^^^^^^^^^^^^^ error throw [alpha] lib.systems: Unknown system: x86_64-linx
in
{
  name = "alpha";
  greeting = if (packagesFor hostSystem).isLinux then "tux" else "hi";
}
`,
    { port: ports },
  ))

test("a role of a clan service for a machine or a tag that nobody has is told, with the names that it may be", () => {
  const fleet = plainFleet(`
#- /clan.nix
{
  machines = { alpha.tags = [ "all" "cloud" ]; beta.tags = [ "all" ]; };
  tags.spare = [ ];
  instances.nightly.roles = {
    client = { tags.clowd = { }; tags.all = { }; tags.spare = { }; machines.alpha = { }; };
    server.machines.elsewhere.settings = { };
  };
}
#- /flake.nix
{
  outputs = { self }: {
    clanInternals.inventoryClass.inventorySerialization = import ./clan.nix;
  };
}
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/clan.nix:5:16 warning role-of-nobody [] no machine has the tag 'clowd', for which instance 'nightly' has the role 'client'; did you mean 'cloud'?",
    "/clan.nix:6:5 warning role-of-nobody [] there is no machine 'elsewhere', for which instance 'nightly' has the role 'server'",
  ])
})
