// Texts that do not parse, or that name what nothing defines: the hosts that are made of them are unknown, and no others.

import { test } from "mocha"
import { checkFindings as check, greetings, ports } from "../../harness/findings.js"
import { dendriticFleet } from "../../harness/fleet-fixture.js"

const markOnAlpha =
  "error: found a byte order mark, which means nothing in Nix outside of strings and comments (at hosts/alpha.nix:1:1)"

test("a sound fleet has no findings", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }: { port = lib.mkDefault 80; }
#- /hosts/alpha.nix
{ name = "alpha"; port = 81; }
`,
    { port: { alpha: "81", beta: "80", gamma: "80" }, greeting: greetings },
  ))

test("a syntax error makes the hosts of the file unknown, and no other", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  port = ;
#        ^ error syntax-error [alpha] found ';', wanted an expression
}
`,
    {
      port: { ...ports, alpha: "error: found ';', wanted an expression (at hosts/alpha.nix:3:10)" },
      greeting: { ...greetings, alpha: "error: found ';', wanted an expression (at hosts/alpha.nix:3:10)" },
    },
  ))

test("what only follows from a syntax error is not said beside it", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  users = { lib, ... }:
#                     ^ error syntax-error [alpha] found 'bob', wanted ';'
    bob.uid = 1;
    port = lib.mkDefault 80;
  };
}
`,
    { port: { ...ports, alpha: "error: found 'bob', wanted ';' (at hosts/alpha.nix:3:23)" } },
  ))

test("a file whose name is not ASCII is called by that name", () =>
  check(
    `
#- /hosts/alpha.nix
{ name = "alpha"; imports = [ (./. + "/größe.nix") ]; }
#- /hosts/größe.nix
{ port = ; }
#        ^ error syntax-error [alpha] found ';', wanted an expression
`,
    { port: { ...ports, alpha: "error: found ';', wanted an expression (at hosts/größe.nix:1:10)" } },
  ))

test("a syntax error in a file that is imported as a value makes those who import it unknown", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  port = import ../ports/alpha.nix;
}
#- /ports/alpha.nix
80 +
#  ^ error syntax-error [alpha] found the end of the file, wanted an expression
`,
    {
      port: {
        ...ports,
        alpha: "error: found the end of the file, wanted an expression (at ports/alpha.nix:1:4)",
      },
    },
  ))

test("a syntax error in an aspect concerns the hosts that import the aspect", () =>
  check(
    `
#- /modules/alpha.nix
{ flake.modules.nixos.alpha = { name = "alpha"; port = 80; }; }
#- /modules/beta.nix
{
  flake.modules.nixos.beta = {
    name = "beta";
    port = };
#          ^ error syntax-error [beta gamma] found '}', wanted an expression
  };
}
#- /modules/gamma.nix
{ config, ... }: { flake.modules.nixos.gamma.imports = [ config.flake.modules.nixos.beta ]; }
`,
    {
      port: {
        alpha: "80",
        beta: "error: found '}', wanted an expression (at modules/beta.nix:4:12)",
        gamma: "error: found '}', wanted an expression (at modules/beta.nix:4:12)",
      },
    },
    dendriticFleet,
  ))

test("an undefined variable is found although nothing needs it", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  greeting = if true then "hi" else prot;
#                                   ^^^^ error undefined-variable [alpha] undefined variable 'prot'
}
`,
    { port: { ...ports, alpha: "error: undefined variable 'prot' (at hosts/alpha.nix:3:37)" } },
  ))

test("a flake.nix that does not parse is that one finding", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = ;
#                      ^ error syntax-error [] found ';', wanted an expression
  outputs = { self, nixpkgs }: { };
}
`,
    { port: {} },
  ))

test("a flake.lock that is no JSON is that one finding", () =>
  check(
    `
#- /flake.lock
{ "nodes": { "root": { } , } }
#                          ^ error flake-lock [] lock file 'flake.lock' is not JSON: Expected double-quoted property name in JSON at position 27
`,
    { port: {} },
  ))

test("a byte order mark is called by its name", () =>
  check(
    `
#- /hosts/alpha.nix
\ufeff{ name = "alpha"; }
^^^ error unexpected-character [alpha] found a byte order mark, which means nothing in Nix outside of strings and comments
`,
    { greeting: { ...greetings, alpha: markOnAlpha } },
  ))
