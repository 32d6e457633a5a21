// Names under the cursor that are no options: of the file, of Nix, of the flake and of its hosts.

import { table } from "./check-target.js"

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

describe("nothing is found", () =>
  table([
    ["in a comment", "{ } # a$0", "nothing"],
    ["in a number", "1$0", "nothing"],
    ["in an empty file", "$0\n\n\n ", "nothing"],
    ["between bindings", "{ a = 1;  $0  b = 2; }", "nothing"],
  ]))
