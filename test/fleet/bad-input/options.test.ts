// Options that the module system refuses: values of another type, definitions and declarations at odds, no value at all.

import assert from "node:assert/strict"
import { test } from "mocha"
import { checkFindings as check, greetings, ports } from "../../harness/findings.js"
import { dendriticFleet, fleetRoot, plainFleet, showFinding } from "../../harness/fleet-fixture.js"
import { fleetOf } from "../aspects/own-options.js"

test("a value of the wrong type is shown with the type that is wanted", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  port = "eighty";
# ^^^^ error wrong-type [alpha] A definition for option \`port' is not of type \`16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values: | - In \`hosts/alpha.nix': "eighty"
}
`,
    {
      port: {
        ...ports,
        alpha:
          "error: A definition for option `port' is not of type `16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values:\n- In `hosts/alpha.nix': \"eighty\" (at hosts/alpha.nix:3:3)",
      },
      greeting: greetings,
    },
  ))

test("an element of the wrong type is found in a list", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  tags = [ "a" 5 ];
#              ^ error wrong-type [alpha] A definition for option \`tags."[definition 1-entry 2]"' is not of type \`string'. Definition values: | - In \`hosts/alpha.nix': 5
}
`,
    {
      tags: {
        alpha:
          "error: A definition for option `tags.\"[definition 1-entry 2]\"' is not of type `string'. Definition values:\n- In `hosts/alpha.nix': 5 (at hosts/alpha.nix:3:16)",
        beta: "[ ]",
        gamma: "[ ]",
      },
      port: ports,
    },
  ))

test("a value of the wrong type is found in a submodule, and its other options are answered", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  users.root.uid = "zero";
# ^^^^^^^^^^^^^^ error wrong-type [alpha] A definition for option \`users.root.uid' is not of type \`signed integer'. Definition values: | - In \`hosts/alpha.nix': "zero"
}
`,
    {
      "users.root.shell": { alpha: '"bash"' },
      "users.root.uid": {
        alpha:
          "error: A definition for option `users.root.uid' is not of type `signed integer'. Definition values:\n- In `hosts/alpha.nix': \"zero\" (at hosts/alpha.nix:3:3)",
      },
    },
  ))

test("a value of the wrong type is found where a function made the definition", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  name = "alpha";
  users = lib.genAttrs [ "root" ] (_: { uid = "zero"; });
# ^^^^^ error wrong-type [alpha] A definition for option \`users.root.uid' is not of type \`signed integer'. Definition values: | - In \`hosts/alpha.nix': "zero"
}
`,
    { port: ports },
  ))

test("hosts that import two files in another order have one mistake between them", () => {
  const found = plainFleet(`
#- /hosts/alpha.nix
{ imports = [ ../modules/one.nix ../modules/two.nix ]; }
#- /hosts/beta.nix
{ imports = [ ../modules/two.nix ../modules/one.nix ]; }
#- /modules/one.nix
{ port = 1; users.a.uid = "s"; }
#- /modules/two.nix
{ port = 2; users.a.uid = "t"; }
`).check()
  assert.deepEqual(
    found.map(({ file, code, hosts, related }) => [file, code, ...hosts, ...related.map(({ file }) => file)]),
    [
      ["/fleet/modules/one.nix", "conflicting-definitions", "alpha", "beta", "/fleet/modules/two.nix"],
      ["/fleet/modules/one.nix", "wrong-type", "alpha", "beta", "/fleet/modules/two.nix"],
    ],
  )
})

test("conflicting definitions are one finding, where the fewest hosts are concerned", () => {
  const source = `
#- /modules/base.nix
{ greeting = "hi"; }
#- /hosts/alpha.nix
{
  name = "alpha";
  greeting = "ho";
# ^^^^^^^^ error conflicting-definitions [alpha] The option \`greeting' has conflicting definition values: | - In \`hosts/alpha.nix': "ho" | - In \`modules/base.nix': "hi" | Use \`lib.mkForce value\` or \`lib.mkDefault value\` to change the priority on any of these definitions.
}
`
  check(source, {
    greeting: {
      alpha:
        'error: The option `greeting\' has conflicting definition values:\n- In `hosts/alpha.nix\': "ho"\n- In `modules/base.nix\': "hi"\nUse `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions. (at hosts/alpha.nix:3:3)',
      beta: '"hi"',
      gamma: '"hi"',
    },
  })
  assert.deepEqual(plainFleet(source).check()[0].related, [
    { file: `${fleetRoot}/modules/base.nix`, line: 1, column: 3, message: "the option is set here too" },
  ])
})

test("an option that is declared twice, or as what is no option, is found although nobody sets it", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  options.port = lib.mkOption { type = lib.types.str; };
# ^^^^^^^^^^^^ error declared-twice [alpha] The option \`port' in \`options.nix' is already declared in \`hosts/alpha.nix'.
  config.name = "alpha";
}
#- /hosts/beta.nix
{ lib, ... }:
{
  options.speed = lib.mkOption { type = lib.types.strr; };
#                                                 ^^^^ error missing-attribute [beta] attribute 'strr' missing | Did you mean str?
  config.name = "beta";
}
`,
    {
      port: {
        ...ports,
        alpha:
          "error: The option `port' in `options.nix' is already declared in `hosts/alpha.nix'. (at hosts/alpha.nix:3:3)",
      },
      greeting: greetings,
    },
  ))

test("an option that an aspect declares, and a host has twice, is one mistake where the aspect is imported", () => {
  const fleet = fleetOf(
    "./aspects.nix",
    '{ alpha = host [ config.my.meta { imports = [ config.my.meta ]; owner = "me"; } ./alpha.nix ]; }',
    `
#- /aspects.nix
{ lib, ... }: {
  options.my = lib.mkOption { type = lib.types.attrsOf lib.types.deferredModule; };
  config.my.meta = { lib, ... }: { options.owner = lib.mkOption { default = ""; }; };
}
#- /alpha.nix
{ config, ... }: { name = config.owner; }
`,
  )
  assert.deepEqual(fleet.check().map(showFinding), [
    "/flake.nix:6:76 error declared-twice [alpha] the aspect 'my.meta' is imported twice, so that it declares its options twice",
  ])
})

test("an option that nothing sets is found where it is needed", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }: { options.realm = lib.mkOption { type = lib.types.str; }; }
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  greeting = "welcome to \${config.realm}";
#                          ^^^^^^^^^^^^ error option-without-value [alpha] The option \`realm' was accessed but has no value defined. Try setting the option.
}
`,
    { port: ports },
  ))

test("an option without a value that much of the system asks for is one finding, where what is beside it is set", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }:
{
  options.mounts = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.device = lib.mkOption { type = lib.types.str; };
      options.kind = lib.mkOption { type = lib.types.str; };
    });
  };
  # A module of somebody else.
  imports = [
    (builtins.toFile "kinds.nix" "{ lib, config, ... }: { tags = lib.mapAttrsToList (_: mount: mount.kind) config.mounts; }")
  ];
  config.tags = [ "base" ];
}
#- /hosts/alpha.nix
{
  name = "alpha";
  mounts.root.device = "/dev/a";
# ^^^^^^^^^^^^^^^^^^ error option-without-value [alpha] The option \`mounts.root.kind' was accessed but has no value defined. Try setting the option.
}
#- /hosts/beta.nix
{ name = "beta"; mounts.root = { device = "/dev/b"; kind = "b"; }; }
#- /hosts/gamma.nix
{ name = "gamma"; mounts = { }; tags = [ "gamma" ]; }
`,
    { port: ports },
  ))

test("what is set behind a condition that does not hold is not looked at", () =>
  check(
    `
#- /modules/base.nix
{ lib, config, ... }:
{
  options.serve = lib.mkOption { type = lib.types.bool; default = false; };
  options.server = lib.mkOption {
    default = { };
    type = lib.types.submodule { options.realm = lib.mkOption { type = lib.types.str; }; };
    apply = server: if server.realm == "" then { } else server;
  };
  config = lib.mkIf config.serve { server.realm = "realm of \${config.name}"; };
}
#- /hosts/alpha.nix
{ name = "alpha"; serve = true; }
`,
    { port: ports },
  ))

test("a default that does not fit the type is marked in the declaration", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }:
{
  options.interval = lib.mkOption {
    type = lib.types.ints.between 5 3600;
    default = 4;
#   ^^^^^^^ error wrong-type [alpha beta gamma] A definition for option \`interval' is not of type \`integer between 5 and 3600 (both inclusive)'. Definition values: | - In \`modules/base.nix': 4
  };
}
#- /hosts/alpha.nix
{ config, ... }: { name = "alpha"; greeting = toString config.interval; }
#- /hosts/beta.nix
{ config, ... }: { name = "beta"; greeting = toString config.interval; }
#- /hosts/gamma.nix
{ config, ... }: { name = "gamma"; greeting = toString config.interval; }
`,
    { port: ports },
  ))

test("a definition of the wrong type in what several aspects share is one finding", () =>
  check(
    `
#- /modules/shared.nix
let
  shared.port = "80";
#        ^^^^ error wrong-type [alpha beta] A definition for option \`port' is not of type \`16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values: | - In \`modules/shared.nix, via option flake.modules.nixos.alpha': "80"
in
{
  flake.modules.nixos.alpha = shared;
  flake.modules.nixos.beta = shared;
}
#- /modules/gamma.nix
{ flake.modules.nixos.gamma = { }; }
`,
    {},
    dendriticFleet,
  ))
