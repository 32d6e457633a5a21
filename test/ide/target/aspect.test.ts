// Aspects under the cursor, and options in them.

import { table } from "./check-target.js"

describe("an option in an aspect is found", () => {
  const services = "option services.x in flake.modules.nixos.base"
  table([
    ["in a set", "{ flake.modules.nixos.base = { services.x$0 = 1; }; }", `${services} ‹services.x›`],
    [
      "in a dotted path",
      "{ flake.modules.nixos.base.services.x$0 = 1; }",
      `${services} ‹flake.modules.nixos.base.services.x›`,
    ],
    [
      "split behind the class",
      "{ flake.modules.nixos = { base = { services.x$0 = 1; }; }; }",
      `${services} ‹services.x›`,
    ],
    [
      "split in the container",
      "{ flake = { modules = { nixos.base.services.x$0 = 1; }; }; }",
      `${services} ‹nixos.base.services.x›`,
    ],
    [
      "dotted in the class",
      "{ flake.modules.nixos = { base.services.x$0 = 1; }; }",
      `${services} ‹base.services.x›`,
    ],
    [
      "in a function",
      "{ flake.modules.nixos.base = { lib, ... }: { services.x$0 = 1; }; }",
      `${services} ‹services.x›`,
    ],
    [
      "below mkIf",
      "{ flake.modules.nixos.base = lib.mkIf c { services.x$0 = 1; }; }",
      `${services} ‹services.x›`,
    ],
    [
      "below config",
      "{ flake.modules.nixos.base.config.services.x$0 = 1; }",
      `${services} ‹flake.modules.nixos.base.config.services.x›`,
    ],
    [
      "in imports",
      "{ flake.modules.nixos.base.imports = [ { services.x$0 = 1; } ]; }",
      `${services} ‹services.x›`,
    ],
    [
      "in a variable of several aspects",
      "let m = { a$0 = 1; }; in { flake.modules.nixos.x = m; flake.modules.darwin.x = m; }",
      "option a in flake.modules.nixos.x in flake.modules.darwin.x ‹a›",
    ],
    [
      "with a quoted aspect",
      '{ flake.modules.nixos."machines/x" = { a$0 = 1; }; }',
      "option a in flake.modules.nixos.machines/x ‹a›",
    ],
    [
      "in a container of no names",
      "{ perSystem = { pkgs, ... }: { packages$0 = 1; }; }",
      "option packages in perSystem ‹packages›",
    ],
    [
      "in config of the file",
      "{ config.flake.modules.nixos.base = { services.x$0 = 1; }; }",
      `${services} ‹services.x›`,
    ],
  ])
})

describe("an aspect is found", () =>
  table([
    [
      "where a file contributes to it",
      "{ flake.modules.nixos.ba$0se = { }; }",
      "aspect nixos.base ‹flake.modules.nixos.base›",
    ],
    ["in a set of aspects", "{ flake.modules.nixos = { ba$0se = { }; }; }", "aspect nixos.base ‹base›"],
    [
      "but its class is an option",
      "{ flake.modules.nix$0os.base = { }; }",
      "option flake.modules.nixos ‹flake.modules.nixos›",
    ],
    [
      "where it is read",
      "{ config, ... }: { x = config.flake.modules.nixos.ba$0se; }",
      "aspect nixos.base read ‹config.flake.modules.nixos.base›",
    ],
    [
      "where it is imported below with",
      "{ config, ... }: { flake.modules.nixos.a.imports = with config.flake.modules.nixos; [ ba$0se ]; }",
      "aspect nixos.base read ‹base›",
    ],
    [
      "through a local alias",
      "{ config, ... }: let m = config.flake.modules; n = m.nixos; in { x = n.ba$0se; }",
      "aspect nixos.base read ‹n.base›",
    ],
    [
      "through inherit",
      "{ config, ... }: let inherit (config.flake.modules) nixos; in { x = nixos.ba$0se; }",
      "aspect nixos.base read ‹nixos.base›",
    ],
    [
      "from inside of another module",
      "{ config, ... }: let n = config.flake.modules.nixos; in { flake.modules.nixos.a = { config, ... }: { imports = [ n.ba$0se ]; }; }",
      "aspect nixos.base read ‹n.base›",
    ],
  ]))
