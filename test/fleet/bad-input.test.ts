// What is wrong in one file of a fleet gives one finding, at the place to mend, with the hosts that it concerns; and everything
// else is answered as before (invariant 5).
//
// The carets under a text are the findings: severity, code, hosts, message (`|` for a line break). `values` are options on all
// hosts.

import assert from "node:assert/strict"
import { test } from "mocha"
import { lineStarts } from "../../server/src/base/index.js"
import type { Finding } from "../../server/src/fleet/index.js"
import { annotate, fixture, type Label } from "../harness/fixture.js"
import {
  dendriticFleet,
  type FleetFixture,
  fleetRoot,
  inputsFolder,
  plainFleet,
} from "../harness/fleet-fixture.js"

type Values = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Holds a fleet's findings to the labels in its files, and its options to their values. */
function check(source: string, values: Values, open: (source: string) => FleetFixture = plainFleet): void {
  const fleet = open(source)
  const findings = fleet.check()
  const { files } = fixture(source)
  const found = files.map(({ path, text }) => `#- ${path}\n${annotate(text, labelsIn(path, text, findings))}`)
  const wanted = files.map(({ path, text, labels }) => `#- ${path}\n${annotate(text, labels)}`)
  assert.equal(found.join("\n"), wanted.join("\n"))
  const elsewhere = findings.filter(({ file }) => !files.some(({ path }) => file === fleetRoot + path))
  assert.deepEqual(elsewhere, [])
  for (const [path, hosts] of Object.entries(values)) assert.deepEqual(fleet.values(path), hosts, path)
}

function labelsIn(path: string, text: string, findings: readonly Finding[]): Label[] {
  const starts = lineStarts(text)
  return findings
    .filter(({ file }) => file === fleetRoot + path)
    .map(({ range, severity, code, hosts, message }) => ({
      start: starts[range.start.line - 1] + range.start.column - 1,
      end: starts[range.end.line - 1] + range.end.column - 1,
      text: `${severity} ${code} [${hosts.join(" ")}] ${message.replaceAll("\n", " | ")}`,
    }))
}

const greetings = { alpha: '"hello"', beta: '"hello"', gamma: '"hello"' }
const circleOfAlpha =
  "error: imports lead round without end:\n- In `hosts/alpha.nix'\n- In `hosts/more.nix' (at hosts/alpha.nix:1:3)"
const macOnAlpha = `error: The module \`modules/mac.nix\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos". (at modules/mac.nix:1:3)`
const markOnAlpha =
  "error: found a byte order mark, which means nothing in Nix outside of strings and comments (at hosts/alpha.nix:1:1)"
const ports = { alpha: "22", beta: "22", gamma: "22" }

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

test("an unknown option of the flake itself is found although there are no hosts for it", () =>
  check(
    `
#- /modules/alpha.nix
{
  flaek.devShells = { };
# ^^^^^^^^^^^^^^^ error unknown-option [] The option \`flaek' does not exist. Definition values: | - In \`modules/alpha.nix': |     { |       devShells = { }; |     } | Did you mean \`flake', \`debug' or \`systems'?
}
`,
    { port: {} },
    dendriticFleet,
  ))

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
# ^^^^ error wrong-type [alpha] A definition for option \`tags."[definition 1-entry 2]"' is not of type \`string'. Definition values: | - In \`hosts/alpha.nix': 5
}
`,
    {
      tags: {
        alpha:
          "error: A definition for option `tags.\"[definition 1-entry 2]\"' is not of type `string'. Definition values:\n- In `hosts/alpha.nix': 5 (at hosts/alpha.nix:3:3)",
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

test("an option that needs itself is an infinite recursion at its definition", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  port = config.port;
# ^^^^ error infinite-recursion [alpha] infinite recursion encountered by way of 'port'
}
`,
    {
      port: {
        ...ports,
        alpha: "error: infinite recursion encountered by way of 'port' (at hosts/alpha.nix:4:3)",
      },
      greeting: greetings,
    },
  ))

test("options that need each other are one infinite recursion", () =>
  check(
    `
#- /modules/base.nix
{ config, ... }:
{
  greeting = if config.port == 22 then "a" else "b";
# ^^^^^^^^ error infinite-recursion [alpha beta gamma] infinite recursion encountered by way of 'port', 'greeting'
  port = if config.greeting == "a" then 22 else 23;
}
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  tags = [ config.greeting ];
}
`,
    {
      name: { alpha: '"alpha"', beta: '"beta"', gamma: '"gamma"' },
      tags: {
        alpha:
          "error: infinite recursion encountered by way of 'port', 'greeting', 'tags' (at modules/base.nix:4:3)",
        beta: "[ ]",
        gamma: "[ ]",
      },
    },
  ))

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

test("a missing input is one finding in flake.nix, with the hosts that fail for want of it", () =>
  check(
    `
#- /flake.nix
{
  inputs.gone.url = "path:/nowhere/gone";
#        ^^^^ error flake-input-missing [alpha] input 'gone': path '/nowhere/gone' does not exist
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";

  outputs = { nixpkgs, gone, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules { modules = [ ./options.nix gone.nixosModules.default ]; };
    nixosConfigurations.beta = nixpkgs.lib.evalModules { modules = [ ./options.nix ]; };
  };
}
`,
    { port: { alpha: "error: input 'gone' is missing: path '/nowhere/gone' does not exist", beta: "22" } },
  ))

test("an input whose locked path is gone is one finding in flake.nix", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:/nowhere/nixpkgs";
#        ^^^^^^^ error flake-input-missing [] input 'nixpkgs': path '/nowhere/nixpkgs' does not exist
  outputs = { nixpkgs, ... }: { nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" ] (_: { }); };
}
#- /flake.lock
{
  "nodes": {
    "nixpkgs": {
      "locked": { "type": "path", "path": "/nowhere/nixpkgs", "narHash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
      "original": { "type": "path", "path": "/nowhere/nixpkgs" }
    },
    "root": { "inputs": { "nixpkgs": "nixpkgs" } }
  },
  "root": "root",
  "version": 7
}
`,
    { port: {} },
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

test("a throw concerns the option that needs it", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  port = throw "no port yet";
#        ^^^^^ error throw [alpha] no port yet
}
`,
    {
      port: { ...ports, alpha: "error: no port yet (at hosts/alpha.nix:3:10)" },
      greeting: greetings,
    },
  ))

test("what other options make of a throw is no finding of its own", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, ... }:
{
  name = throw "no name yet";
#        ^^^^^ error throw [alpha] no name yet
  greeting = "I am \${config.name}";
  tags = [ config.greeting ];
}
`,
    { greeting: { ...greetings, alpha: "error: no name yet (at hosts/alpha.nix:3:10)" }, port: ports },
  ))

test("a failed assertion is found where it is written", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, ... }:
{
  name = "alpha";
  assertions = [ { assertion = config.port == 23; message = "the port has to be 23"; } ];
#                  ^^^^^^^^^ error failed-assertion [alpha] the port has to be 23
  warnings = [ "the port is old" ];
# ^^^^^^^^ warning host-warning [alpha] the port is old
}
`,
    { port: ports },
  ))

test("an abort in a default is found where something needs it", () =>
  check(
    `
#- /modules/base.nix
{ lib, config, ... }:
{
  options.realm = lib.mkOption { type = lib.types.str; default = abort "set a realm"; };
#                                                                ^^^^^ error abort [alpha gamma] evaluation aborted with the following error message: 'set a realm'
  config.greeting = "welcome to \${config.realm}";
}
#- /hosts/beta.nix
{ name = "beta"; realm = "home"; }
`,
    {
      realm: {
        alpha:
          "error: evaluation aborted with the following error message: 'set a realm' (at modules/base.nix:3:66)",
        beta: '"home"',
        gamma:
          "error: evaluation aborted with the following error message: 'set a realm' (at modules/base.nix:3:66)",
      },
      port: ports,
    },
  ))

test("a default that fails and that nothing needs is no mistake", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }: { options.realm = lib.mkOption { default = abort "set a realm"; }; }
`,
    { port: ports },
  ))

test("an argument that nobody gives is found where a module asks for it", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, secretz, ... }:
#         ^^^^^^^ error missing-attribute [alpha] attribute 'secretz' missing
{
  name = "alpha";
  greeting = secretz.greeting;
}
`,
    {
      greeting: { ...greetings, alpha: "error: attribute 'secretz' missing (at hosts/alpha.nix:1:11)" },
      port: ports,
    },
  ))

test("an aspect that does not exist is found where it is imported", () =>
  check(
    `
#- /modules/alpha.nix
{ flake.modules.nixos.alpha.name = "alpha"; }
#- /modules/beta.nix
{ flake.modules.nixos.beta.name = "beta"; }
#- /modules/gamma.nix
{ config, ... }:
{
  flake.modules.nixos.gamma.imports = [ config.flake.modules.nixos.bata ];
#                                                                  ^^^^ error missing-attribute [gamma] attribute 'bata' missing
}
`,
    { port: { ...ports, gamma: "error: attribute 'bata' missing (at modules/gamma.nix:3:68)" } },
    dendriticFleet,
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

test("a flake.nix that is no flake is that one finding", () =>
  check(
    `
#- /flake.nix
{
  inputs = 5;
# ^^^^^^ error flake-input [] inputs must be a set, written out, but are an integer
  outputs = { self }: { };
}
`,
    { port: {} },
  ))

test("outputs that fail are found in flake.nix, for all hosts", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" ] (name: throw "not yet: \${name}");
#                                                                        ^^^^^ error throw [alpha] not yet: alpha
#                                                                        ^^^^^ error throw [beta] not yet: beta
    darwinConfigurations = throw "no Macs";
#                          ^^^^^ error throw [] no Macs
  };
}
`,
    {
      port: {
        alpha: "error: not yet: alpha (at flake.nix:4:74)",
        beta: "error: not yet: beta (at flake.nix:4:74)",
      },
    },
  ))

test("a flake.lock that is no JSON is that one finding", () =>
  check(
    `
#- /flake.lock
{ "nodes": { "root": { } , } }
#                          ^ error flake-lock [] lock file '/fleet/flake.lock' is not JSON: Expected double-quoted property name in JSON at position 27
`,
    { port: {} },
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
^ error throw [alpha] module hosts/alpha.nix (hosts/alpha.nix) does not look like a module.
`,
    {
      port: {
        ...ports,
        alpha:
          "error: module hosts/alpha.nix (hosts/alpha.nix) does not look like a module. (at hosts/alpha.nix:1:1)",
      },
    },
  ))

test("a module of another class is found at its class", () =>
  check(
    `
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = [ ../modules/mac.nix ];
}
#- /modules/mac.nix
{ _class = "darwin"; port = 80; }
# ^^^^^^ error throw [alpha] The module \`modules/mac.nix\` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".
`,
    { greeting: { ...greetings, alpha: macOnAlpha } },
  ))

test("an option that is declared twice, or as what is no option, is found although nobody sets it", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  options.port = lib.mkOption { type = lib.types.str; };
# ^^^^^^^^^^^^ error throw [alpha] The option \`port' in \`options.nix' is already declared in \`hosts/alpha.nix'.
  config.name = "alpha";
}
#- /hosts/beta.nix
{ lib, ... }:
{
  options.speed = lib.mkOption { type = lib.types.strr; };
#                                                 ^^^^ error missing-attribute [beta] attribute 'strr' missing
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

test("names of a set that are made of each other are one infinite recursion", () =>
  check(
    `
#- /hosts/alpha.nix
rec { name = greeting; greeting = name; }
#            ^^^^^^^^ error infinite-recursion [alpha] infinite recursion encountered by way of 'name'
`,
    { port: ports },
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
