// Mistakes in the homes of a host's users: each is told once, whoever has it, and says so if the option belongs to the machine.

import { test } from "mocha"
import { checkFindings as check, ports } from "../../harness/findings.js"

const homes = `
#- /homes.nix
{ lib, ... }:
{
  options.home-manager.users = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule {
      options.packages = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
      options.editor = lib.mkOption { type = lib.types.str; default = "vi"; };
    });
  };
}
#- /hosts/alpha.nix
{ name = "alpha"; imports = [ ../homes.nix ]; home-manager.users = { ann = ../shell.nix; bob = ../shell.nix; }; }
#- /hosts/beta.nix
{ name = "beta"; imports = [ ../homes.nix ]; home-manager.users.ann = ../shell.nix; }
`

test("what is wrong with a module of homes is one finding for all users and hosts", () =>
  check(
    `${homes}
#- /shell.nix
{
  editr = "hx";
# ^^^^^ error unknown-option [alpha beta] The option \`editr' does not exist. Definition values: | - In \`shell.nix': "hx" | Did you mean \`editor' or \`packages'?
  packages = "git";
# ^^^^^^^^ error wrong-type [alpha beta] A definition for option \`packages' is not of type \`list of string'. TypeError: Definition values:  | - In \`shell.nix': "git"
}
`,
    { port: ports },
  ))

test("an option that does not exist in a home says that the machine has it", () =>
  check(
    `${homes}
#- /shell.nix
{
  port = 80;
# ^^^^ error unknown-option [alpha beta] The option \`port' does not exist. Definition values: | - In \`shell.nix': 80 | Machines have 'port', and homes do not: set it in a module of the machine
}
`,
    { port: ports },
  ))

test("an option that does not exist on a machine says that its homes have it", () =>
  check(
    `${homes}
#- /shell.nix
{ }
#- /modules/base.nix
{ }
#- /hosts/beta.nix
{
  name = "beta";
  imports = [ ../homes.nix ];
  home-manager.users.ann = { };
  packages = [ "git" ];
# ^^^^^^^^ error unknown-option [beta] The option \`packages' does not exist. Definition values: | - In \`hosts/beta.nix': |     [ |       "git" |     ] | Homes have 'packages', and machines do not: set it in a module of home-manager, or below 'home-manager.users.NAME'
}
`,
    { port: ports },
  ))

test("a misspelled option of a home leaves the others answered", () =>
  check(
    `${homes}
#- /shell.nix
{
  editor = "hx";
  pakages = [ ];
# ^^^^^^^ error unknown-option [alpha beta] The option \`pakages' does not exist. Definition values: | - In \`shell.nix': [ ] | Did you mean \`packages' or \`editor'?
}
`,
    { "home-manager.users.ann.editor": { alpha: '"hx"', beta: '"hx"' } },
  ))
