// What is under the cursor, in every form in which people write modules. `$0` is the cursor; the answer names the target
// and, between ‹ and ›, the text that it covers.

import assert from "node:assert/strict"
import { lineColumn, lineStarts } from "../../server/src/base/index.js"
import { type Target, targetAt } from "../../server/src/ide/index.js"
import { parse } from "../../server/src/syntax/index.js"
import { atCursor } from "../harness/fixture.js"

const containers = [
  { option: ["flake", "modules"], depth: 2 },
  { option: ["perSystem"], depth: 0 },
]

function check(source: string, expected: string): void {
  const { text, cursor } = atCursor(source)
  const target = targetAt(parse(text).tree, cursor, containers)
  assert.equal(target === undefined ? "nothing" : show(target, text), expected)
}

function show(target: Target, text: string): string {
  const covered = text.slice(target.range.start, target.range.end)
  return `${what(target, text)} ‹${covered}›`
}

function what(target: Target, text: string): string {
  switch (target.kind) {
    case "option": {
      const where = [target.container, ...target.alsoIn].flatMap(ref =>
        ref === undefined ? [] : [inAspect(ref)],
      )
      const flags = [
        ...(target.read ? ["read"] : []),
        ...(target.declaration ? ["declared"] : []),
        ...(target.ofMachine ? ["of the machine"] : []),
      ]
      return ["option", target.path.join("."), ...where, ...flags].join(" ")
    }
    case "aspect":
      return `aspect ${target.container.names.join(".")}${target.read ? " read" : ""}`
    case "package":
      return [
        "package",
        target.path.join("."),
        ...(target.container ? [inAspect(target.container)] : []),
      ].join(" ")
    case "function":
      return `function ${[target.root, ...target.path].join(".")}`
    case "binding": {
      const { line, column } = lineColumn(lineStarts(text), target.definition.start)
      return `${target.role} ${target.name} from ${line}:${column}`
    }
    case "input":
      return `input ${target.path.join("/")}`
    case "file":
      return `file ${target.path}`
    case "builtin":
      return `builtin ${target.name}`
    case "host":
      return `${target.isTag ? "tag" : "host"} ${target.name}`
  }
}

function inAspect({ option, names }: { option: readonly string[]; names: readonly string[] }): string {
  return `in ${[...option, ...names].join(".")}`
}

/** `check` for each row: what it shows, a text, its target. */
function table(rows: readonly (readonly [string, string, string])[]): void {
  for (const [title, source, expected] of rows) it(title, () => check(source, expected))
}

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

describe("the name of a host is found", () =>
  table([
    ["in the outputs of a flake", "{ nixosConfigurations.gal$0ena = 1; }", "host galena ‹galena›"],
    ["in a set of machines", "{ clan.machines = { gal$0ena = { }; }; }", "host galena ‹galena›"],
    ["below its system", "{ den.hosts.x86_64-linux.gal$0ena = { }; }", "host galena ‹galena›"],
    ["where it is read", "{ self, ... }: self.nixosConfigurations.gal$0ena.config", "host galena ‹galena›"],
    ["as text", '{ networking.hostName = "gal$0ena"; }', 'host galena ‹"galena"›'],
    ["in a list", '{ r.machines = [ "gal$0ena" ]; }', 'host galena ‹"galena"›'],
    ["as a tag", '{ machines.galena.tags = [ "ser$0ver" ]; }', 'tag server ‹"server"›'],
    ["as the tag of a role", "{ roles.peer.tags.ser$0ver = { }; }", "tag server ‹server›"],
    ["but no name below it", "{ machines.galena.a$0 = 1; }", "option machines.galena.a ‹machines.galena.a›"],
  ]))

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

describe("names in the file are found:", () =>
  table([
    ["a variable of let", "let x = 1; in x$0", "let x from 1:5 ‹x›"],
    ["a variable of let where it is bound", "let x$0 = 1; in x", "let x from 1:5 ‹x›"],
    ["an argument", "x: y: x$0", "argument x from 1:1 ‹x›"],
    ["an argument where it is named", "{ lib$0, ... }: 1", "argument lib from 1:3 ‹lib›"],
    ["an argument in a default", "{ a, b ? a$0 }: 1", "argument a from 1:3 ‹a›"],
    ["the name of all arguments", "{ ... }@args: args$0", "argument args from 1:9 ‹args›"],
    ["an attribute of a recursive set", "[ (rec { a = 1; b = a$0; }) ]", "attribute a from 1:10 ‹a›"],
    ["the nearest of two", "let x = 1; in let x = 2; in x$0", "let x from 1:19 ‹x›"],
    ["one that beats with", "let x = 1; in with y; x$0", "let x from 1:5 ‹x›"],
    ["one in an interpolation", 'let x = 1; in "a${x$0}"', "let x from 1:5 ‹x›"],
    ["one that is inherited", "let x = 1; in [ { inherit x$0; } ]", "let x from 1:5 ‹x›"],
    ["one that let inherits", "let inherit (lib) mkIf; in mkIf$0 1", "let mkIf from 1:19 ‹mkIf›"],
    ["one in a path", "let x = 1; in ./a/${x$0}/b", "let x from 1:5 ‹x›"],
    ["one in legacy let", "let { x = 1; body = x$0; }", "let x from 1:7 ‹x›"],
    ["but none that nothing binds", "x$0", "nothing"],
  ]))

describe("builtins are found:", () =>
  table([
    ["by builtins", "builtins.map$0 f", "builtin map ‹builtins.map›"],
    ["by their global name", "map$0 f", "builtin map ‹map›"],
    ["by a global name below with", "with x; toString$0 1", "builtin toString ‹toString›"],
    ["by their old name", "__add$0 1 2", "builtin add ‹__add›"],
    ["by a local alias", "let b = builtins; in b.head$0 x", "builtin head ‹b.head›"],
    ["by inherit", "let inherit (builtins) head$0; in 1", "builtin head ‹head›"],
    ["by with", "with builtins; head$0 x", "builtin head ‹head›"],
    ["but not when shadowed", "let map = 1; in map$0", "let map from 1:5 ‹map›"],
    ["but not in a builtins of its own", "let builtins = { }; in builtins.map$0", "nothing"],
  ]))

describe("flake inputs are found:", () =>
  table([
    ["by inputs", "{ inputs, ... }: { a = inputs.nix$0pkgs.lib; }", "input nixpkgs ‹inputs.nixpkgs›"],
    [
      "by what is behind them",
      "{ inputs, ... }: { a = inputs.nixpkgs.li$0b; }",
      "input nixpkgs ‹inputs.nixpkgs.lib›",
    ],
    [
      "in flake.nix",
      "{ inputs.nix$0pkgs.url = 1; outputs = { self, ... }: 1; }",
      "input nixpkgs ‹inputs.nixpkgs›",
    ],
    ["in a set in flake.nix", "{ inputs = { a.u$0rl = 1; }; outputs = x: 1; }", "input a ‹a.url›"],
    [
      "by a reference in flake.nix",
      '{ inputs.a = { url = "github:$0x/y"; }; outputs = x: 1; }',
      'input a ‹"github:x/y"›',
    ],
    [
      "in an input that follows another",
      '{ inputs.a.inputs = { b.follows = "n$0"; }; outputs = x: 1; }',
      'input a/b ‹"n"›',
    ],
    ["but not the word inputs alone", "{ in$0puts.a.url = 1; outputs = x: 1; }", "nothing"],
    ["nor a text elsewhere in flake.nix", '{ description = "a$0"; outputs = x: 1; }', "nothing"],
    ["as an argument of outputs", "{ outputs = { self, nix$0pkgs }: 1; }", "input nixpkgs ‹nixpkgs›"],
    ["in outputs", "{ outputs = { self, nixpkgs }: nixpkgs.li$0b; }", "input nixpkgs ‹nixpkgs.lib›"],
    ["by inherit", "{ inputs, ... }: let inherit (inputs) a$0; in 1", "input a ‹a›"],
  ]))

describe("files are found:", () =>
  table([
    ["by a path", "{ imports = [ ./a/b$0.nix ]; }", "file ./a/b.nix ‹./a/b.nix›"],
    ["but not by one that evaluation makes", "{ imports = [ ./a/${n$0}.nix ]; }", "nothing"],
    ["nor by one below a home", "{ imports = [ ~/a$0.nix ]; }", "nothing"],
  ]))

describe("packages are found:", () =>
  table([
    ["by pkgs", "{ pkgs, ... }: { a = pkgs.hel$0lo; }", "package hello ‹pkgs.hello›"],
    [
      "in a set of packages",
      "{ pkgs, ... }: { a = pkgs.stable.hel$0lo; }",
      "package stable.hello ‹pkgs.stable.hello›",
    ],
    ["below with", "{ pkgs, ... }: { a = with pkgs; [ hel$0lo ]; }", "package hello ‹hello›"],
    [
      "below with of a part",
      "{ pkgs, ... }: { a = with pkgs.python3Packages; [ num$0py ]; }",
      "package python3Packages.numpy ‹numpy›",
    ],
    ["by inherit", "{ pkgs, ... }: { a = [ { inherit (pkgs) hel$0lo; } ]; }", "package hello ‹hello›"],
    ["in a local pkgs", "let pkgs = import nixpkgs { }; in pkgs.hel$0lo", "package hello ‹pkgs.hello›"],
    [
      "in an overlay",
      "final: prev: { x = final.stable.hel$0lo; }",
      "package stable.hello ‹final.stable.hello›",
    ],
    [
      "below the nearer with",
      "{ pkgs, ... }: with pkgs; with builtins; [ hel$0lo ]",
      "builtin hello ‹hello›",
    ],
  ]))

describe("nothing is found", () =>
  table([
    ["in a comment", "{ } # a$0", "nothing"],
    ["in a number", "1$0", "nothing"],
    ["in an empty file", "$0\n\n\n ", "nothing"],
    ["between bindings", "{ a = 1;  $0  b = 2; }", "nothing"],
  ]))

describe("the target of deeply nested code", () => {
  const deep = (open: string, close: string) => `${open.repeat(3000)}1${close.repeat(3000)}`
  const find = (text: string, offset: number) => targetAt(parse(text).tree, offset, containers)

  it("is found behind a long sum", () => {
    const text = `let x = 1; in ${Array.from({ length: 20_000 }, () => "x").join(" + ")}`
    assert.equal(find(text, text.length)?.kind, "binding")
    assert.equal(find(text, 15)?.kind, "binding")
  })

  it("does not exhaust the stack", () => {
    assert.equal(find(deep("{ a = ", "; }"), 6 * 3000 - 3)?.kind, undefined)
    assert.equal(find(deep("(", ")"), 3000), undefined)
  })
})
