// Modules that cannot be put together: imports that lead nowhere or round, and what is imported and is no module.

import { test } from "mocha"
import { checkFindings as check, greetings, ports } from "../../harness/findings.js"
import { dendriticFleet, inputsFolder } from "../../harness/fleet-fixture.js"

const circleOfAlpha =
  "error: imports lead round without end:\n- In `hosts/alpha.nix'\n- In `hosts/more.nix' (at hosts/alpha.nix:1:3)"
const macOnAlpha = `error: The module \`modules/mac.nix\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos". (at hosts/alpha.nix:3:15)`
const macOnBeta = `error: The module \`flake.nix#modules.darwin.dock\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos". (at modules/beta.nix:5:5)`
const noListOnAlpha = "error: expected a list but found a path: hosts/more.nix (at hosts/alpha.nix:3:3)"
const noListOnBeta = "error: expected a list but found a set: { port = 80; } (at hosts/beta.nix:3:3)"
const noListInAspect = 'error: expected a list but found a string: "more" (at modules/alpha.nix:1:49)'
const noModule =
  "error: module modules/hosts-of-mine.nix (modules/hosts-of-mine.nix) does not look like a module. (at modules/hosts-of-mine.nix:1:1)"
const unsupported =
  "error: Module `hosts/alpha.nix' has an unsupported attribute `name'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: name) into the explicit `config' attribute. (at hosts/alpha.nix:1:3)"

test("imports that depend on config are an infinite recursion at the imports", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  imports = if config.port == 22 then [ ] else [ ./more.nix ];
# ^^^^^^^ error infinite-recursion [alpha] infinite recursion encountered: 'imports' depends on 'config', which is made of what is imported
}
`,
    {
      greeting: {
        ...greetings,
        alpha:
          "error: infinite recursion encountered: 'imports' depends on 'config', which is made of what is imported (at hosts/alpha.nix:4:3)",
      },
    },
  ))

test("a missing file is found where its path is written", () =>
  check(
    `
#- /hosts/alpha.nix
{
  imports = [ ./gone.nix ];
#             ^^^^^^^^^^ error file-not-found [alpha] path 'hosts/gone.nix' does not exist
  name = "alpha";
}
`,
    {
      port: { ...ports, alpha: "error: path 'hosts/gone.nix' does not exist (at hosts/alpha.nix:2:15)" },
    },
  ))

test("aspects that import each other are one finding for all hosts that have them", () =>
  check(
    `
#- /modules/circle.nix
{ config, ... }:
{
  flake.modules.nixos = {
    alpha = {
      name = "alpha";
      imports = [ config.flake.modules.nixos.beta ];
#     ^^^^^^^ error import-circle [alpha beta] imports lead round without end: | - In \`modules/circle.nix, via option flake.modules.nixos.alpha' | - In \`modules/circle.nix, via option flake.modules.nixos.beta'
    };
    beta.imports = [ config.flake.modules.nixos.alpha ];
    gamma.name = "gamma";
  };
}
`,
    {
      port: {
        alpha:
          "error: imports lead round without end:\n- In `modules/circle.nix, via option flake.modules.nixos.alpha'\n- In `modules/circle.nix, via option flake.modules.nixos.beta' (at modules/circle.nix:6:7)",
        beta: "error: imports lead round without end:\n- In `modules/circle.nix, via option flake.modules.nixos.alpha'\n- In `modules/circle.nix, via option flake.modules.nixos.beta' (at modules/circle.nix:6:7)",
        gamma: "22",
      },
    },
    dendriticFleet,
  ))

test("files that import each other are found at the imports", () =>
  check(
    `
#- /hosts/alpha.nix
{ imports = [ ./more.nix ]; name = "alpha"; }
# ^^^^^^^ error import-circle [alpha] imports lead round without end: | - In \`hosts/alpha.nix' | - In \`hosts/more.nix'
#- /hosts/more.nix
{ imports = [ ./alpha.nix ]; port = 80; }
`,
    { port: { ...ports, alpha: circleOfAlpha } },
  ))

test("an aspect with options beside its own declarations is found at the first of them", () =>
  check(
    `
#- /modules/alpha.nix
{ lib, ... }:
{
  flake.modules.nixos.alpha = {
    imports = [ { options.mine = lib.mkOption { }; port = 80; } ];
#                                                  ^^^^ error unsupported-attribute [alpha] A module has an unsupported attribute \`port'. This is caused by introducing a top-level \`config' or \`options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: port) into the explicit \`config' attribute.
    name = "alpha";
  };
}
#- /modules/others.nix
{
  flake.modules.nixos = { beta.name = "beta"; gamma.name = "gamma"; gamma.port = 2; };
}
`,
    {},
    dendriticFleet,
  ))

test("a missing file of an input is found where its path is put together", () =>
  check(
    `
#- /hosts/alpha.nix
{ inputs, ... }:
{
  imports = [ "\${inputs.nixpkgs}/lib/gone.nix" ];
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error file-not-found [alpha] path '${inputsFolder}/nixpkgs/lib/gone.nix' does not exist
  name = "alpha";
}
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = inputs: {
    nixosConfigurations.alpha = inputs.nixpkgs.lib.evalModules {
      specialArgs = { inherit inputs; };
      modules = [ ./options.nix ./hosts/alpha.nix ];
    };
  };
}
`,
    {},
  ))

test("imports on a condition are found at the imports", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  name = "alpha";
  imports = lib.mkIf true [ ./more.nix ];
# ^^^^^^^ error type [alpha] expected a list but found a set: { _type = "if"; condition = true; content = «thunk»; }
}
#- /hosts/more.nix
{ }
`,
    {},
  ))

test("imports of an aspect that depend on an argument of config are found at the argument", () =>
  check(
    `
#- /modules/alpha.nix
{
  flake.modules.nixos.alpha = { pkgs, ... }: {
    name = "alpha";
    imports = [ (pkgs.path + "/more.nix") { _module.args.pkgs.path = "x"; } ];
#                ^^^^^^^^^ error infinite-recursion [alpha] infinite recursion encountered: 'imports' depends on 'config', which is made of what is imported
  };
}
#- /modules/others.nix
{ flake.modules.nixos = { beta.name = "beta"; gamma.name = "gamma"; }; }
`,
    {},
    dendriticFleet,
  ))

test("a folder without default.nix is found where it is imported", () =>
  check(
    `
#- /hosts/alpha.nix
{ name = "alpha"; imports = [ ../modules ]; }
#                             ^^^^^^^^^^ error file-not-found [alpha] path 'modules/default.nix' does not exist
`,
    {
      port: {
        ...ports,
        alpha: "error: path 'modules/default.nix' does not exist (at hosts/alpha.nix:1:31)",
      },
    },
  ))

test("text that is imported as a path is found where it is written", () =>
  check(
    `
#- /hosts/alpha.nix
{ name = "alpha"; imports = [ "./more.nix" ]; }
#                             ^^^^^^^^^^^^ error invalid-path [alpha] string './more.nix' doesn't represent an absolute path
`,
    {
      port: {
        ...ports,
        alpha: "error: string './more.nix' doesn't represent an absolute path (at hosts/alpha.nix:1:31)",
      },
    },
  ))

test("a file that is no module is found in the file", () =>
  check(
    `
#- /hosts/alpha.nix
[ ]
^ error not-a-module [alpha] module hosts/alpha.nix (hosts/alpha.nix) does not look like a module.
`,
    {
      port: {
        ...ports,
        alpha:
          "error: module hosts/alpha.nix (hosts/alpha.nix) does not look like a module. (at hosts/alpha.nix:1:1)",
      },
    },
  ))

test("a module of another class is found where it is imported", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = [ ../modules/mac.nix ];
#             ^^^^^^^^^^^^^^^^^^ error module-class [alpha] The module \`modules/mac.nix\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".
}
#- /modules/mac.nix
{ _class = "darwin"; port = 80; }
`,
    { greeting: { ...greetings, alpha: macOnAlpha } },
  ))

test("an aspect of another class is found where it is imported, and not where that is right", () =>
  check(
    `
#- /modules/mac.nix
{ config, ... }:
{
  flake.modules.darwin.dock.port = 80;
  flake.modules.darwin.mac.imports = [ config.flake.modules.darwin.dock ];
}
#- /modules/alpha.nix
{ flake.modules.nixos.alpha.name = "alpha"; }
#- /modules/beta.nix
{ config, ... }:
{
  flake.modules.nixos.beta = { name = "beta"; imports = [ config.flake.modules.nixos.gamma ]; };
  flake.modules.nixos.gamma.imports = with config.flake.modules.darwin; [
    dock
#   ^^^^ error module-class [beta gamma] The module \`flake.nix#modules.darwin.dock\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".
  ];
}
`,
    { port: { alpha: "22", beta: macOnBeta, gamma: macOnBeta } },
    dendriticFleet,
  ))

test("an aspect of another class is found where it is imported by a name that let gives it", () =>
  check(
    `
#- /modules/mac.nix
{ flake.modules.darwin.dock.port = 80; }
#- /modules/alpha.nix
{ flake.modules.nixos.alpha.name = "alpha"; }
#- /modules/beta.nix
{ config, ... }:
let
  inherit (config.flake) modules;
  mac = modules.darwin;
in
{
  flake.modules.nixos.beta = { name = "beta"; imports = [ mac.dock ]; };
#                                                         ^^^^^^^^ error module-class [beta] The module \`flake.nix#modules.darwin.dock\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".
}
#- /modules/gamma.nix
{ flake.modules.nixos.gamma.name = "gamma"; }
`,
    { port: { alpha: "22", beta: macOnBeta.replace("5:5", "7:59"), gamma: "22" } },
    dendriticFleet,
  ))

test("imports that are no list are found at the imports", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = ./more.nix;
# ^^^^^^^ error type [alpha] expected a list but found a path: hosts/more.nix
}
#- /hosts/beta.nix
{
  name = "beta";
  imports = { port = 80; };
# ^^^^^^^ error type [beta] expected a list but found a set: { port = 80; }
}
#- /hosts/more.nix
{ port = 80; }
`,
    { port: { alpha: noListOnAlpha, beta: noListOnBeta, gamma: "22" } },
  ))

test("imports of an aspect that are no list are found in the aspect, for the hosts that have it", () =>
  check(
    `
#- /modules/alpha.nix
{ flake.modules.nixos.alpha = { name = "alpha"; imports = "more"; }; }
#                                               ^^^^^^^ error type [alpha] expected a list but found a string: "more"
#- /modules/beta.nix
{ flake.modules.nixos.beta.name = "beta"; }
#- /modules/gamma.nix
{ flake.modules.nixos.gamma.name = "gamma"; }
`,
    { name: { alpha: noListInAspect, beta: '"beta"', gamma: '"gamma"' } },
    dendriticFleet,
  ))

test("an import of what is no module is found in the list", () =>
  check(
    `
#- /hosts/alpha.nix
{ name = "alpha"; imports = [ ./more.nix 42 ]; }
#                                        ^^ error type [alpha] cannot coerce an integer to a string: 42
#- /hosts/more.nix
{ port = 80; }
`,
    {
      greeting: {
        ...greetings,
        alpha: "error: cannot coerce an integer to a string: 42 (at hosts/alpha.nix:1:42)",
      },
    },
  ))

test("a module of the flake that is none concerns every host, since nothing of the flake can be had", () =>
  check(
    `
#- /modules/hosts-of-mine.nix
42
^^ error not-a-module [alpha beta gamma] module modules/hosts-of-mine.nix (modules/hosts-of-mine.nix) does not look like a module.
`,
    { port: { alpha: noModule, beta: noModule, gamma: noModule } },
    dendriticFleet,
  ))

test("a set with options beside `config` is found at the first of them", () =>
  check(
    `
#- /hosts/alpha.nix
{ name = "alpha"; config.port = 80; }
# ^^^^ error unsupported-attribute [alpha] Module \`hosts/alpha.nix' has an unsupported attribute \`name'. This is caused by introducing a top-level \`config' or \`options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: name) into the explicit \`config' attribute.
`,
    { greeting: { alpha: unsupported, beta: '"hello"', gamma: '"hello"' } },
  ))
