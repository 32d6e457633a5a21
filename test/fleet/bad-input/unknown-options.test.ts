// Options that do not exist: of a host, of an aspect, of the flake itself.

import assert from "node:assert/strict"
import { test } from "mocha"
import { checkFindings as check, greetings, ports } from "../../harness/findings.js"
import { dendriticFleet, fleetRoot, inputsFolder, plainFleet } from "../../harness/fleet-fixture.js"

const flaek =
  "error: The option `flaek' does not exist. Definition values:\n- In `modules/alpha.nix':\n    {\n      devShells = { };\n    }\nDid you mean `flake', `debug' or `systems'? (at modules/alpha.nix:2:3)"

test("an unknown option is named with what it may have meant, and the host's other options are answered", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  prot = 80;
# ^^^^ error unknown-option [alpha] The option \`prot' does not exist. Definition values: | - In \`hosts/alpha.nix': 80 | Did you mean \`port', \`name' or \`tags'?
}
`,
    {
      port: ports,
      name: { alpha: '"alpha"', beta: '"beta"', gamma: '"gamma"' },
      prot: {
        alpha:
          "error: The option `prot' does not exist. Definition values:\n- In `hosts/alpha.nix': 80\nDid you mean `port', `name' or `tags'? (at hosts/alpha.nix:3:3)",
      },
    },
  ))

test("an unknown option can be renamed to what it may have meant", () => {
  const findings = plainFleet(`
#- /hosts/alpha.nix
{ name = "alpha"; prot = 80; }
`).check()
  assert.deepEqual(
    findings.map(({ fix }) => fix),
    [{ kind: "rename", from: "prot", to: ["port", "name", "tags"] }],
  )
})

test("an unknown option does not hide what else is wrong with the host", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  prot = 80;
# ^^^^ error unknown-option [alpha] The option \`prot' does not exist. Definition values: | - In \`hosts/alpha.nix': 80 | Did you mean \`port', \`name' or \`tags'?
  greeting = throw "no words";
#            ^^^^^ error throw [alpha] no words
}
`,
    { greeting: { ...greetings, alpha: "error: no words (at hosts/alpha.nix:4:14)" }, port: ports },
  ))

test("an unknown option is found in a module that has no file of its own, unless several files might be meant", () => {
  const flake = `
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let make = import ./make.nix nixpkgs.lib; in {
    nixosConfigurations.alpha = make { };
  };
}
#- /make.nix
lib: module: lib.evalModules {
  modules = [ ./options.nix module { name = "alpha"; prot.to = 80; } ];
}
`
  const places = (text: string) =>
    plainFleet(text)
      .check()
      .filter(({ code }) => code === "unknown-option")
      .map(({ file, range }) => `${file.slice(fleetRoot.length)}:${range.start.line}:${range.start.column}`)
  assert.deepEqual(places(flake), ["/make.nix:2:54"])
  assert.deepEqual(places(`${flake}#- /other.nix\n{ prot = 80; }\n`), ["/options.nix:1:1"])
})

test("an unknown option leaves the host's other options answered, also behind a wrapper that nobody knows", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    wrapped = made: made // { extendModules = change: wrapped (made.extendModules change); };
  in {
    nixosConfigurations.alpha = wrapped (nixpkgs.lib.evalModules {
      modules = [ ./options.nix { name = "alpha"; prot = 80; } ];
    });
  };
}
`)
  assert.deepEqual(
    fleet.option("name").map(({ valueText, error }) => [valueText, error]),
    [['"alpha"', undefined]],
  )
  assert.match(fleet.option("prot")[0].error ?? "", /^The option `prot' does not exist/)
  assert.deepEqual(
    fleet.check().map(({ code, hosts }) => [code, hosts]),
    [["unknown-option", ["alpha"]]],
  )
})

test("an unknown option of an aspect concerns the hosts that import it", () =>
  check(
    `
#- /modules/alpha.nix
{ flake.modules.nixos.alpha.name = "alpha"; }
#- /modules/beta.nix
{
  flake.modules.nixos.beta = { lib, ... }: {
    name = "beta";
    users = lib.mkIf true { root.uid = 0; root.hsell = "zsh"; };
#                                         ^^^^^^^^^^ error unknown-option [beta gamma] The option \`users.root.hsell' does not exist. Definition values: | - In \`modules/beta.nix, via option flake.modules.nixos.beta': "zsh" | Did you mean \`users.root.shell' or \`users.root.uid'?
  };
}
#- /modules/gamma.nix
{ config, ... }: { flake.modules.nixos.gamma.imports = [ config.flake.modules.nixos.beta ]; }
`,
    { port: ports },
    dendriticFleet,
  ))

test("an unknown option of the flake itself concerns every host, since nothing of the flake can be had", () =>
  check(
    `
#- /modules/alpha.nix
{
  flaek.devShells = { };
# ^^^^^^^^^^^^^^^ error unknown-option [alpha beta gamma] The option \`flaek' does not exist. Definition values: | - In \`modules/alpha.nix': |     { |       devShells = { }; |     } | Did you mean \`flake', \`debug' or \`systems'?
}
`,
    { port: { alpha: flaek, beta: flaek, gamma: flaek } },
    dendriticFleet,
  ))

test("every unknown option is told at once, in the words that the module system has for the first", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  prot = 80;
# ^^^^ error unknown-option [alpha] The option \`prot' does not exist. Definition values: | - In \`hosts/alpha.nix': 80 | Did you mean \`port', \`name' or \`tags'?
  greetin = "hi";
# ^^^^^^^ error unknown-option [alpha] The option \`greetin' does not exist. Definition values: | - In \`hosts/alpha.nix': "hi" | Did you mean \`greeting', \`assertions' or \`name'?
  users.root = { uidd = 0; hsell = "zsh"; uid = "0"; };
#                ^^^^ error unknown-option [alpha] The option \`users.root.uidd' does not exist. Definition values: | - In \`hosts/alpha.nix': 0 | Did you mean \`users.root.uid' or \`users.root.shell'?
#                          ^^^^^ error unknown-option [alpha] The option \`users.root.hsell' does not exist. Definition values: | - In \`hosts/alpha.nix': "zsh" | Did you mean \`users.root.shell' or \`users.root.uid'?
#                                         ^^^ error wrong-type [alpha] A definition for option \`users.root.uid' is not of type \`signed integer'. Definition values: | - In \`hosts/alpha.nix': "0"
}
`,
    { port: ports },
  ))

test("where any name may be set, none is unknown because the type of the others fails", () => {
  const fleet = plainFleet(`
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules { modules = [ ./host.nix ]; };
  };
}
#- /host.nix
{ config, lib, ... }:
{
  options.strict = lib.mkOption { type = lib.types.submodule { options.a = lib.mkOption { default = 1; }; }; };
  options.free = lib.mkOption {
    type = lib.types.submodule {
      freeformType = if config.strict.a == 1 then lib.types.attrsOf lib.types.int else null;
    };
  };
  config.strict.b = 2;
  config.free = { one = 1; two = 2; three = 3; };
}
`)
  const found = fleet.check().map(({ code, message }) => [code, message.split("'", 1)[0]])
  assert.deepEqual(found, [["unknown-option", "The option `strict.b"]])
})
