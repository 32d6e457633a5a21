// Options under the cursor, in every form in which people write modules.

import { table } from "./check-target.js"

describe("an option that is set is found", () =>
  table([
    [
      "at the top of a file",
      "{ networking.hostN$0ame = 1; }",
      "option networking.hostName ‹networking.hostName›",
    ],
    ["on a name before the last", "{ netw$0orking.hostName = 1; }", "option networking ‹networking›"],
    ["at the end of its name", "{ a.b$0 = 1; }", "option a.b ‹a.b›"],
    ["at the beginning of its name", "{ $0a.b = 1; }", "option a ‹a›"],
    ["in nested sets", "{ a.b = { c = { d$0 = 1; }; }; }", "option a.b.c.d ‹d›"],
    ["in a function of the module arguments", "{ config, lib, ... }: { a.b$0 = 1; }", "option a.b ‹a.b›"],
    ["in a function of one argument", "args: { a.b$0 = 1; }", "option a.b ‹a.b›"],
    ["in a function of two sets of arguments", "{ x }: { lib, ... }: { a$0 = 1; }", "option a ‹a›"],
    ["below mkIf", "{ lib, ... }: lib.mkIf c { a$0 = 1; }", "option a ‹a›"],
    ["below mkIf of an option", "{ a = lib.mkIf c { b$0 = 1; }; }", "option a.b ‹b›"],
    ["below mkMerge", "{ a = mkMerge [ { b = 1; } (mkIf c { d$0 = 1; }) ]; }", "option a.d ‹d›"],
    ["below mkMerge of a sum", "lib.mkMerge ([ { b = 1; } ] ++ lib.optional c { d$0 = 1; })", "option d ‹d›"],
    ["below mkForce", "{ a = lib.mkForce { b$0 = 1; }; }", "option a.b ‹b›"],
    ["below mkOverride", "{ a = lib.mkOverride 10 { b$0 = 1; }; }", "option a.b ‹b›"],
    [
      "below mkBefore, mkAfter and mkOrder",
      "{ a = mkBefore (mkAfter (mkOrder 1 { b$0 = 1; })); }",
      "option a.b ‹b›",
    ],
    ["below let", "let x = 1; in { a$0 = x; }", "option a ‹a›"],
    ["below with", "with lib; { a = mkIf c { b$0 = 1; }; }", "option a.b ‹b›"],
    ["below assert", "assert c; { a$0 = 1; }", "option a ‹a›"],
    ["in both branches of if", "if c then { a = 1; } else { b$0 = 1; }", "option b ‹b›"],
    ["on the left of //", "{ a$0 = 1; } // { b = 1; }", "option a ‹a›"],
    ["on the right of //", "{ a = 1; } // optionalAttrs c { b$0 = 1; }", "option b ‹b›"],
    ["in parentheses", "({ a = ({ b$0 = 1; }); })", "option a.b ‹b›"],
    ["below config", "{ config = { a$0 = 1; }; }", "option a ‹a›"],
    ["below a dotted config", "{ config.a.b$0 = 1; options.c = 1; }", "option a.b ‹config.a.b›"],
    ["below config with mkIf", "{ config = mkIf c { a.b$0 = 1; }; }", "option a.b ‹a.b›"],
    ["in a set in imports", "{ imports = [ ./x { a$0 = 1; } ]; }", "option a ‹a›"],
    [
      "in a function in imports",
      "{ imports = [ ({ lib, ... }: { config.a$0 = 1; }) ]; }",
      "option a ‹config.a›",
    ],
    ["by inherit", "{ inherit (x) serv$0ices; }", "option services ‹services›"],
    ["by inherit without a source", "x: { a = { inherit x$0; }; }", "option a.x ‹x›"],
    ["with a quoted name", '{ a."b.c".d$0 = 1; }', 'option a.b.c.d ‹a."b.c".d›'],
    [
      "behind a literal in a dynamic name",
      'let n = "x"; in { a."y/${n}".b$0 = 1; }',
      'option a.y/x.b ‹a."y/${n}".b›',
    ],
    [
      "in the set of an attrsOf",
      '{ environment.etc.foo = { te$0xt = ""; }; }',
      "option environment.etc.foo.text ‹text›",
    ],
    [
      "in a submodule that is a function",
      "{ home.users.x = { pkgs, ... }: { a$0 = 1; }; }",
      "option home.users.x.a ‹a›",
    ],
    ["in a variable that is the module", "let m = { a.b$0 = 1; }; in m", "option a.b ‹a.b›"],
    ["in a variable that is part of the module", "let m = { b$0 = 1; }; in { a = m; }", "option a.b ‹b›"],
    ["in what a local function returns", "let f = x: { b$0 = x; }; in { a = f 1; }", "option a.b ‹b›"],
    ["in a half-typed binding", "{\n  services.open$0\n  b = 1;\n}", "option services.open ‹services.open›"],
  ]))

describe("an option is not found", () =>
  table([
    ["behind a dynamic name", "n: { a.${n}.b$0 = 1; }", "nothing"],
    ["in a set below a dynamic name", "n: { a.${n} = { b$0 = 1; }; }", "nothing"],
    ["in a list of submodules", "{ a = [ { b$0 = 1; } ]; }", "nothing"],
    ["in the argument of an unknown function", "{ a = f { b$0 = 1; }; }", "nothing"],
    ["in a set that is no module", "let x = { b$0 = 1; }; in { a = x.b; }", "nothing"],
    ["in the value", '{ a = "x$0"; }', "nothing"],
    ["on imports", "{ imp$0orts = [ ]; }", "nothing"],
    ["on config itself", "{ conf$0ig = { }; }", "nothing"],
    ["in the arguments of mkOption", "{ options.a = mkOption { ty$0pe = 1; }; }", "nothing"],
    ["in a function between values", "{ overlays = final: prev: { a$0 = 1; }; }", "nothing"],
  ]))

describe("an option that is declared is found", () =>
  table([
    ["with a dotted path", "{ options.a.b$0 = lib.mkOption { }; }", "option a.b declared ‹options.a.b›"],
    ["in a nested set", "{ options = { a = { b$0 = mkOption { }; }; }; }", "option a.b declared ‹b›"],
    [
      "in an aspect",
      "{ flake.modules.nixos.base = { options.a$0 = mkOption { }; }; }",
      "option a in flake.modules.nixos.base declared ‹options.a›",
    ],
  ]))

describe("an option that is read is found", () =>
  table([
    [
      "by config",
      "{ config, ... }: { a = config.services.x$0.y; }",
      "option services.x read ‹config.services.x›",
    ],
    [
      "by ?",
      "{ config, ... }: { a = config.services ? x$0; }",
      "option services.x read ‹config.services ? x›",
    ],
    [
      "by a local variable",
      "{ config, ... }: let cfg = config.services.x; in { a = cfg.ena$0ble; }",
      "option services.x.enable read ‹cfg.enable›",
    ],
    [
      "by inherit in let",
      "{ config, ... }: let inherit (config.services) x$0; in { }",
      "option services.x read ‹x›",
    ],
    [
      "by what was inherited",
      "{ config, ... }: let inherit (config.services) x; in { a = x.y$0; }",
      "option services.x.y read ‹x.y›",
    ],
    [
      "in an interpolation",
      '{ config, ... }: { a = "${config.networking.hos$0tName}"; }',
      "option networking.hostName read ‹config.networking.hostName›",
    ],
    [
      "in an aspect",
      "{ flake.modules.nixos.base = { config, ... }: { a = config.b$0; }; }",
      "option b in flake.modules.nixos.base read ‹config.b›",
    ],
    [
      "in a submodule",
      "{ home.users.x = { config, ... }: { a = config.b$0; }; }",
      "option home.users.x.b read ‹config.b›",
    ],
    [
      "of the machine, in a home",
      "{ osConfig, ... }: { a = osConfig.networking.host$0Name; }",
      "option networking.hostName read of the machine ‹osConfig.networking.hostName›",
    ],
    [
      "of an aspect from outside",
      "{ config, ... }: { a = config.flake.modules.nixos.base.b$0; }",
      "option b in flake.modules.nixos.base read ‹config.flake.modules.nixos.base.b›",
    ],
    ["with a fallback", "{ config, ... }: { a = config.b$0.c or null; }", "option b read ‹config.b›"],
    [
      "in a condition",
      "{ config, ... }: mkIf config.services.x.ena$0ble { }",
      "option services.x.enable read ‹config.services.x.enable›",
    ],
    ["while it is typed", "{ config, ... }: { a = config.serv$0 }", "option serv read ‹config.serv›"],
    ["but config that is no argument is nothing", "{ a = config.b$0; }", "nothing"],
    ["but config of a local set is nothing", "let config = { }; in { a = config.b$0; }", "nothing"],
  ]))

describe("the path of an option in a list is found", () =>
  table([
    [
      "in a module that renames an option",
      '{ lib, ... }: { imports = [ (lib.mkRenamedOptionModule [ "a" "b$0" "c" ] [ "d" ]) ]; }',
      'option a.b read ‹"b"›',
    ],
    [
      "in what it is called now, in an aspect",
      '{ flake.modules.nixos.x = { lib, ... }: { imports = [ (lib.mkAliasOptionModule [ "a" ] [ "d" "e$0" ]) ]; }; }',
      'option d.e in flake.modules.nixos.x read ‹"e"›',
    ],
    [
      "among several that became one",
      '{ lib, ... }: { imports = [ (lib.mkMergedOptionModule [ [ "a" ] [ "b$0" ] ] [ "c" ] f) ]; }',
      'option b read ‹"b"›',
    ],
    [
      "in a set of arguments",
      '{ lib, ... }: { imports = [ (lib.mkRenamedOptionModuleWith { sinceRelease = 1; from = [ "a$0" ]; }) ]; }',
      'option a read ‹"a"›',
    ],
    ["but not in any other list", '{ a = [ "b$0" ]; }', "nothing"],
  ]))
