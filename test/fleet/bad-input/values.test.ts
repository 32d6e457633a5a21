// Values that cannot be computed: circles, throws, assertions that do not hold.

import assert from "node:assert/strict"
import { test } from "mocha"
import { checkFindings as check, greetings, ports } from "../../harness/findings.js"
import { dendriticFleet, inputsFolder, plainFleet } from "../../harness/fleet-fixture.js"

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

test("what modules help each other with may throw where nobody needs it, and is told where somebody does", () =>
  check(
    `
#- /modules/helpers.nix
{ lib, config, ... }:
{
  options.lib = lib.mkOption { type = lib.types.attrsOf lib.types.attrs; default = { }; };
  config.lib.people.first = lib.findFirst (_: true) (throw "nobody is here") config.tags;
#                                                    ^^^^^ error throw [beta] nobody is here
}
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = [ ../modules/helpers.nix ];
}
#- /hosts/beta.nix
{ config, ... }:
{
  name = "beta";
  imports = [ ../modules/helpers.nix ];
  greeting = config.lib.people.first;
}
`,
    { port: ports },
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

test("a failed assertion of an input is found where the option is set that it names, or else where the host is made", () =>
  check(
    `
#- /modules/alpha.nix
{
  flake.modules.nixos.alpha = {
    name = "alpha";
    users.ann.uid = 1;
#   ^^^^^^^^^^^^^ error failed-assertion [alpha] nobody may set users.ann.uid.
    assertions = builtins.fromJSON ''[ { "assertion": false, "message": "nobody may set users.ann.uid." } ]'';
  };
}
#- /modules/gamma.nix
{
  flake.modules.nixos.gamma = {
    name = "gamma";
    users.bob.uid = 2;
#   ^^^^^^^^^^^^^ error failed-assertion [gamma] give \`users.bob.shell'
    assertions = builtins.fromJSON ''[ { "assertion": false, "message": "give \`users.bob.shell'" } ]'';
  };
}
#- /modules/others.nix
{ config, inputs, ... }:
{
  flake.modules.nixos.beta.name = "beta";
  flake.nixosConfigurations.delta = inputs.nixpkgs.lib.evalModules {
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error failed-assertion [delta] no
    class = "nixos";
    modules = [
      ../options.nix
      config.flake.modules.nixos.beta
      { assertions = builtins.fromJSON ''[ { "assertion": false, "message": "no" } ]''; }
    ];
  };
}
`,
    {},
    dendriticFleet,
  ))

test("a failed assertion of an input about a part of a service is found where the service is set, not at any like name", () =>
  check(
    `
#- /modules/services.nix
{ lib, ... }:
{
  options.services.web = {
    enable = lib.mkEnableOption "the web";
    settings = lib.mkOption {
      type = lib.types.submodule { options.security.name = lib.mkOption { default = "web"; }; };
      default = { };
    };
  };
  options.security.sudo = lib.mkEnableOption "sudo";
}
#- /hosts/alpha.nix
{
  name = "alpha";
  imports = [ ../modules/services.nix ];
  security.sudo = true;
  services.web.enable = true;
# ^^^^^^^^^^^^^^^^^^^ error failed-assertion [alpha] give services.web.settings.security.key
  assertions = builtins.fromJSON ''[ { "assertion": false, "message": "give services.web.settings.security.key" } ]'';
}
`,
    { port: ports },
  ))

test("a failed assertion of an input about an option that the fleet sets nothing near of is no matter of like names", () =>
  check(
    `
#- /modules/services.nix
{ lib, ... }:
{
  options.login.seats.settings = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; };
  options.web.settings = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; };
}
#- /hosts/alpha.nix
{
^ error failed-assertion [alpha] use login.seats.settings.Main
  name = "alpha";
  imports = [ ../modules/services.nix ];
  web.settings.port = 80;
  assertions = builtins.fromJSON ''[ { "assertion": false, "message": "use login.seats.settings.Main" } ]'';
}
`,
    { port: ports },
  ))

test("a warning or an assertion about an obsolete option is found where the option is set", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }:
{
  imports = [
    (lib.mkRenamedOptionModule [ "old" "port" ] [ "port" ])
    (lib.mkRemovedOptionModule [ "old" "name" ] "There are no names any more.\n")
  ];
}
#- /hosts/alpha.nix
{
  name = "alpha";
  old.port = 23;
# ^^^^^^^^ warning host-warning [alpha] The option \`old.port' defined in \`hosts/alpha.nix' has been renamed to \`port'.
}
#- /hosts/beta.nix
{
  name = "beta";
  old.name = "b";
# ^^^^^^^^ error failed-assertion [beta] The option definition \`old.name' in \`hosts/beta.nix' no longer has any effect; please remove it. | There are no names any more.
}
`,
    { greeting: greetings },
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

test("names of a set that are made of each other are one infinite recursion", () =>
  check(
    `
#- /hosts/alpha.nix
rec { name = greeting; greeting = name; }
#            ^^^^^^^^ error infinite-recursion [alpha] infinite recursion encountered by way of 'name'
`,
    { port: ports },
  ))

test("an argument that nobody gives is found where a module asks for it", () =>
  check(
    `
#- /hosts/alpha.nix
{ config, secretz, ... }:
#         ^^^^^^^ error missing-attribute [alpha] attribute 'secretz' missing | Modules are not given 'secretz': it takes \`_module.args.secretz', or \`specialArgs' if 'imports' depend on it
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
#                                                                  ^^^^ error missing-attribute [gamma] attribute 'bata' missing | Did you mean beta?
}
`,
    { port: { ...ports, gamma: "error: attribute 'bata' missing (at modules/gamma.nix:3:68)" } },
    dendriticFleet,
  ))

test("a host without a file of its own is where flake.nix makes it, and so is a module that is written there", () => {
  const fleet = plainFleet(`
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      modules = [
        ./options.nix
        { users.ann.uid = 1; assertions = import ./assertions.nix; }
      ];
    };
    nixosConfigurations.beta = nixpkgs.lib.evalModules { modules = [ ./options.nix { } ]; };
  };
}
#- /assertions.nix
[ (builtins.fromJSON ''{ "assertion": false, "message": "no" }'') ]
`)
  const [option] = fleet.option("users.ann.uid", ["alpha"])
  assert.deepEqual(
    option.definitions.map(({ file, line, column }) => ({ file, line, column })),
    [{ file: "/fleet/flake.nix", line: 7, column: 11 }],
  )
  const [finding] = fleet.check().filter(({ code }) => code === "failed-assertion")
  assert.deepEqual([finding.file, finding.range.start], ["/fleet/flake.nix", { line: 4, column: 5 }])
})

test("of several files of its own, what a host says stands in the one that imports the others", () => {
  const fleet = plainFleet(`
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      modules = [ ./options.nix ./host.nix { assertions = import ./assertions.nix; } ];
    };
    nixosConfigurations.beta = nixpkgs.lib.evalModules { modules = [ ./options.nix ]; };
  };
}
#- /host.nix
{ imports = [ ./extra.nix ]; }
#- /extra.nix
{ }
#- /assertions.nix
[ (builtins.fromJSON ''{ "assertion": false, "message": "no" }'') ]
`)
  const [finding] = fleet.check().filter(({ code }) => code === "failed-assertion")
  assert.equal(finding.file, "/fleet/host.nix")
})

test("assertions that cannot be evaluated are an error of the host, also where no file of the fleet is known to set them", () => {
  const fleet = plainFleet(`
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    made = modules: nixpkgs.lib.evalModules { class = "nixos"; modules = [ ./options.nix ] ++ modules; };
  in {
    nixosConfigurations.alpha = made [ (import ./found.nix) ];
    nixosConfigurations.beta = made [ ];
  };
}
#- /found.nix
{ config, ... }: { _file = ./nowhere.nix; assertions = if config.greeting == "hello" then throw "no home" else [ ]; warnings = throw "no home"; }
`)
  const found = fleet.check().map(({ code, message, hosts }) => [code, message, hosts])
  assert.deepEqual(found, [["throw", "no home", ["alpha"]]])
})

test("what a host is as a virtual machine is not evaluated: a whole system that nothing of the host needs", () =>
  check(
    `
#- /hosts/alpha.nix
{ lib, ... }:
{
  options.virtualisation = lib.genAttrs [ "vmVariant" "vmVariantWithBootLoader" ] (_: lib.mkOption {
    default = { };
    type = lib.types.submoduleWith { modules = [ { options.size = throw "is evaluated"; } ]; };
  });
  config.name = "alpha";
  config.virtualisation.vmVariant.size = 1;
  config.virtualisation.vmVariantWithBootLoader = { size = 2; };
}
`,
    {},
  ))

test("a whole system inside of a host is not looked through for what the host's own files set", () =>
  check(
    `
#- /modules/variant.nix
{ lib, ... }:
{
  options.variant = lib.mkOption {
    default = { };
    type = lib.types.submoduleWith {
      class = "nixos";
      modules = [ ../options.nix ./in-variant.nix ];
    };
  };
}
#- /modules/in-variant.nix
{ port = "not in a variant"; }
#- /hosts/alpha.nix
{ lib, ... }:
{
  imports = [ ../modules/variant.nix ];
  name = "alpha";
  variant = builtins.intersectAttrs { greeting = null; } { greeting = "hi"; };
}
`,
    { port: ports },
  ))

test("an overlay that makes a package of itself is told of in the overlay", () =>
  check(
    `
#- /overlay.nix
final: prev: {
  hello = final.hello;
#         ^^^^^^^^^^^ error infinite-recursion [alpha beta gamma] infinite recursion encountered: 'final.hello' is the package that this overlay makes, so it is made of itself: 'prev.hello' is the one before the overlay
}
#- /modules/base.nix
{ lib, ... }:
let
  packages = lib.fix (lib.extends (import ../overlay.nix) (final: { hello = "hi"; }));
in
{
  greeting = packages.hello;
}
`,
    { port: ports },
  ))

test("what a module that an input made says of a name is told where the name is written", () =>
  check(
    `
#- /modules/base.nix
{ lib, ... }:
{
  imports = [ (lib.mkRenamedOptionModule [ "old" ] [ "nowhere" ]) ];
#                                                    ^^^^^^^^^ error unknown-option [alpha beta gamma] The option \`nowhere' does not exist. Definition values: | - In \`modules/base.nix': |     { |       _type = "if"; |       condition = true; |       content = { |         _type = "if"; |     ... | Did you mean \`name', \`port' or \`users'?
}
`,
    { port: ports },
  ))
