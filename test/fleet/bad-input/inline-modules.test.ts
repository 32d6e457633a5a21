// Mistakes in modules that have no file: those written among the `modules` of a call, and those that a function puts there.

import { test } from "mocha"
import { checkFindings as check, greetings } from "../../harness/findings.js"
import { inputsFolder } from "../../harness/fleet-fixture.js"

test("what is wrong with a module among the `modules` of a call is told where it is written, on the hosts that have it", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    mkHost = import ./lib.nix nixpkgs.lib;
  in {
    nixosConfigurations.alpha = mkHost "alpha" [ { port = "80"; } ];
#                                                         ^^^^ error wrong-type [alpha] A definition for option \`port' is not of type \`16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values: | - In \`<unknown-file>': "80"
    nixosConfigurations.beta = mkHost "beta" [ { port = 80; } ];
  };
}
#- /lib.nix
lib: name:
let
  common = { lib, ... }: {
    inherit name;
    tags = "all";
#          ^^^^^ error wrong-type [alpha beta] A definition for option \`tags' is not of type \`list of string'. TypeError: Definition values:  | - In \`<unknown-file>': "all"
  };
in
modules: lib.evalModules { class = "nixos"; modules = [ ./options.nix common ] ++ modules; }
`,
    { greeting: { alpha: greetings.alpha, beta: greetings.beta } },
  ))
