// In which options aspects are found, by the types of these.

import assert from "node:assert/strict"
import { test } from "mocha"
import { aspectAt } from "../../../server/src/fleet/index.js"
import { aspectsOf, fleetOf, ownOptions } from "./own-options.js"

test("aspects are recognised in submodules of the fleet's own options, by their names and classes", () =>
  assert.deepEqual(aspectsOf(ownOptions()).sort(), [
    "fleet.aspects nixos base base.nix web.nix alpha beta",
    "fleet.aspects nixos web web.nix",
    "fleet.free nixos desk web.nix alpha",
    "parts  ssh base.nix beta",
    "parts  unused web.nix",
  ]))

test("aspects are functions of an argument, and lists of modules, as well", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    `{
      alpha = host (config.lists.base ++ [ (config.made.port 80) ]);
      beta = host (config.lists.base ++ [ (config.made.named "beta") ]);
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.made = mkOption { type = types.attrsOf (types.functionTo types.deferredModule); };
  options.lists = mkOption { type = types.attrsOf (types.listOf types.deferredModule); };
}
#- /base.nix
{
  made.port = port: { inherit port; };
  made.named = name: { inherit name; };
  made.unused = _: { };
  lists.base = [ { greeting = "hi"; } ./tags.nix ];
}
#- /tags.nix
{ tags = [ "all" ]; }
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "lists  base base.nix alpha beta",
    "made  named base.nix beta",
    "made  port base.nix alpha",
    "made  unused base.nix",
  ])
})

test("aspects of one name in several sets of a set are several, and so are members of members", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    `{
      alpha = host [ config.sets.home.web config.groups.home.parts.web.nixos ];
      beta = host [ config.aspects.web.provides.tls.nixos config.extras.web.more.tls config.desk.nixos config.nixos.lamp ];
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  sub = options: types.attrsOf (types.submodule { inherit options; });
  nixos = mkOption { type = types.deferredModule; default = { }; };
  set = type: mkOption { inherit type; default = { }; };
in {
  options.sets = set (types.attrsOf (types.attrsOf types.deferredModule));
  options.groups = set (sub { parts = set (sub { inherit nixos; }); });
  options.aspects = set (types.lazyAttrsOf (types.submodule { options = { inherit nixos; provides = set (sub { inherit nixos; }); }; }));
  options.desk = set (types.submodule { options = { inherit nixos; }; });
  options.nixos.lamp = nixos;
  options.nixos.unused = nixos;
  options.extras = set (sub { more = set (types.attrsOf types.deferredModule); });
}
#- /base.nix
{
  sets.home.web = { port = 1; }; sets.work.web = { port = 2; };
  groups.home.parts.web.nixos.name = "alpha"; groups.work.parts.web.nixos.name = "beta";
  aspects.web.provides.tls.nixos.port = 443; aspects.mail.provides.tls.nixos.port = 587;
  desk.nixos.tags = [ "desk" ]; nixos.lamp.tags = [ "lamp" ]; nixos.unused.tags = [ ];
  extras.web.more = { tls.name = "beta"; http.name = "beta"; };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "aspects nixos mail.provides.tls base.nix",
    "aspects nixos web.provides.tls base.nix beta",
    "desk.nixos nixos desk base.nix beta",
    "extras more web.http base.nix",
    "extras more web.tls base.nix beta",
    "groups nixos home.parts.web base.nix alpha",
    "groups nixos work.parts.web base.nix",
    "nixos.lamp nixos lamp base.nix beta",
    "nixos.unused nixos unused base.nix",
    "sets home web base.nix alpha",
    "sets work web base.nix",
  ])
})

test("an option of a type that holds itself hides no aspect", () => {
  const fleet = fleetOf(
    "./aspects.nix",
    "{ alpha = host [ config.my.aspects.base ]; }",
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  value = types.nullOr (types.oneOf [ types.bool types.str (types.attrsOf value) (types.listOf value) ]);
in {
  options.my.settings = mkOption { type = value; default = null; };
  options.my.many = let
    many = types.nullOr (types.oneOf (concatMap (of: [ (types.listOf of) (types.attrsOf of) ]) [ many value many ]));
  in mkOption { type = many; default = null; };
  options.my.free = mkOption { type = types.submodule { freeformType = value; }; default = { }; };
  options.my.aspects = mkOption { type = types.attrsOf types.deferredModule; };
  config.my.aspects.base.name = "alpha";
}
`,
  )
  assert.deepEqual(aspectsOf(fleet), ["my.aspects  base aspects.nix alpha"])
})

test("what an aspect includes is part of it, and what it provides is an aspect, however deep", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    `let
      all = aspect: [ aspect.nixos or { } ] ++ lib.concatMap all aspect.includes;
    in {
      alpha = host (all config.tree.base);
      beta = host (all config.spaces.own.desk.provides.gui);
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  # Made anew for each level, as it is where an aspect knows what is above it.
  aspect = path: types.submodule {
    freeformType = types.lazyAttrsOf types.deferredModule;
    options.includes = mkOption { type = types.listOf (aspect (path ++ [ "includes" ])); default = [ ]; };
    options.provides = mkOption {
      type = types.submodule { freeformType = types.lazyAttrsOf (aspect (path ++ [ "provides" ])); };
      default = { };
    };
  };
in {
  options.tree = mkOption { type = types.submodule { freeformType = types.lazyAttrsOf (aspect [ ]); }; };
  options.spaces = mkOption { type = types.attrsOf (types.submodule { freeformType = types.lazyAttrsOf (aspect [ ]); }); };
}
#- /base.nix
{
  tree.base.includes = [ { nixos = { name = "alpha"; }; } { includes = [ { includes = [ { nixos = { port = 1; }; } ]; } ]; } ];
  spaces.own.desk.provides.gui = { nixos = { name = "beta"; }; includes = [ { nixos = { port = 2; }; } ]; };
  spaces.own.desk.provides.tui = { nixos = { }; };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "spaces nixos own.desk.provides.gui base.nix beta",
    "spaces nixos own.desk.provides.tui base.nix",
    "tree nixos base base.nix alpha",
  ])
})

test("an aspect that is a function of a user is one, and who has what no label tells is not known", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    `{
      alpha = host [ (config.made.admin { user = "ana"; }).nixos ];
      beta = host [ (config.opaque.admin { user = "bo"; }).nixos ];
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  aspect = types.submodule { freeformType = types.lazyAttrsOf types.deferredModule; };
  opaque = mkOptionType { name = "functor"; check = isFunction; merge = _: definitions: (last definitions).value; };
in {
  options.made = mkOption { type = types.attrsOf (types.either (types.functionTo aspect) aspect); };
  options.opaque = mkOption { type = types.attrsOf (types.either opaque aspect); };
}
#- /base.nix
{
  made.admin = { user }: { nixos = { name = user; }; };
  opaque.admin = { user }: { nixos = { name = user; }; };
  opaque.unused.nixos = { };
}
`,
  )
  const importers = (option: string, name: string) =>
    fleet.session.answer({ kind: "importers", aspects: [{ option, class: "nixos", name }] })
  assert.deepEqual(importers("made", "admin"), ["alpha"])
  assert.equal(importers("opaque", "admin"), undefined)
  assert.deepEqual(importers("opaque", "unused"), [])
})

test("aspects in a list of submodules are called what the elements call themselves", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    `let having = tag: map (aspect: aspect.nixos) (lib.filter (aspect: lib.elem tag aspect.tags) config.aspects);
    in { alpha = host (having "a"); beta = host (having "b"); }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.aspects = mkOption { type = types.listOf (types.submodule { options = {
    name = mkOption { type = types.str; };
    tags = mkOption { type = types.listOf types.str; default = [ ]; };
    nixos = mkOption { type = types.deferredModule; default = { }; };
  }; }); };
}
#- /base.nix
{
  aspects = [
    { name = "base"; tags = [ "a" "b" ]; nixos.greeting = "hi"; }
    { name = "web"; tags = [ "b" ]; nixos = { port = 80; }; }
  ];
}
`,
  )
  const found = aspectsOf(fleet).map(aspect => aspect.replace(/entry \d/, "entry"))
  assert.deepEqual(found.sort(), [
    'aspects."[definition 1-entry]".nixos nixos base base.nix alpha beta',
    'aspects."[definition 1-entry]".nixos nixos web base.nix beta',
  ])
})

test("what an option holds in place of a module is no aspect", () => {
  const fleet = fleetOf(
    "./aspects.nix ./base.nix",
    "{ alpha = host [ config.either.base config.single ]; beta = host [ config.several.set ]; }",
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.either = mkOption { type = types.attrsOf (types.either types.str types.deferredModule); };
  options.several = mkOption { type = types.attrsOf (types.nullOr (types.oneOf [ types.int types.deferredModule types.bool ])); };
  options.single = mkOption { type = types.either types.str types.deferredModule; };
}
#- /base.nix
{
  either = { base = { greeting = "hi"; }; text = "base"; unused = { lib, ... }: { port = 1; }; };
  several = { set = { port = 2; }; none = null; number = 1; flag = true; };
  single = { tags = [ "a" ]; };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "either  base base.nix alpha",
    "either  unused base.nix",
    "several  set base.nix beta",
    "single  single base.nix alpha",
  ])
})

test("another name for a part of an option leads to the aspects that are kept there", () => {
  const fleet = fleetOf(
    "./aspects.nix ./web.nix",
    "{ alpha = host [ config.kept.ours.web ]; beta = host [ ]; }",
    `
#- /aspects.nix
{ lib, ... }: {
  options.kept = lib.mkOption { type = lib.types.attrsOf (lib.types.attrsOf lib.types.deferredModule); };
  imports = [ (lib.mkAliasOptionModule [ "ours" ] [ "kept" "ours" ]) ];
}
#- /web.nix
{ ours.web = { port = 80; }; }
`,
  )
  assert.deepEqual(aspectsOf(fleet), ["kept ours web web.nix alpha"])
  const { containers } = fleet.session.answer({ kind: "outline" })
  const aspect = aspectAt(["ours", "web", "port"], containers)
  assert.deepEqual(aspect, { option: "kept", class: "ours", name: "web" })
  assert.deepEqual(fleet.session.answer({ kind: "importers", aspects: [aspect] }), ["alpha"])
})

test("the files of an aspect are where it is written: by another name, in a function or in a list", () => {
  const fleet = fleetOf(
    "./aspects.nix ./web.nix ./desk.nix",
    `let
      desk = config.tree.desk { user = "anna"; };
    in {
      alpha = host [ config.tree.web.provides.tls.nixos desk.nixos ];
      beta = host ([ config.tree.web.nixos ] ++ map ({ nixos, ... }: nixos) config.tree.tools.includes);
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  aspect = types.submodule {
    imports = [ (mkAliasOptionModule [ "_" ] [ "provides" ]) ];
    freeformType = types.lazyAttrsOf types.deferredModule;
    options.includes = mkOption { type = types.listOf aspect; default = [ ]; };
    options.provides = mkOption { type = types.lazyAttrsOf aspect; default = { }; };
  };
in {
  options.tree = mkOption { type = types.lazyAttrsOf (types.either (types.functionTo aspect) aspect); };
  options._internal.kept = mkOption { type = types.attrsOf types.deferredModule; default.none = { }; };
  imports = [ (mkAliasOptionModule [ "ours" ] [ "tree" ]) ];
}
#- /web.nix
{ ours.web = { nixos = { port = 80; }; _.tls.nixos = { port = 443; }; }; }
#- /desk.nix
{
  ours.desk = { user }: { nixos = { name = user; }; };
  ours.tools.includes = [ { nixos = { tags = [ "a" ]; }; } ];
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "tree nixos desk desk.nix alpha",
    "tree nixos tools desk.nix beta",
    "tree nixos web web.nix beta",
    "tree nixos web.provides.tls web.nix alpha",
  ])
})

test("aspects are one of several tagged options, and what a submodule declares that listing the hosts leaves alone", () => {
  const fleet = fleetOf(
    "./aspects.nix ./web.nix",
    "lib.mapAttrs (_: host) config.hosts",
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  module = mkOption { type = types.deferredModule; default = { }; };
  tag = types.attrTag { nixos = module; home = module; };
in {
  options.hosts = mkOption { type = types.lazyAttrsOf (types.listOf types.raw); };
  options.tagged = mkOption { type = types.attrsOf tag; };
  options.tag = mkOption { type = tag; };
  options.written = mkOption { type = types.attrsOf (types.submodule { options = { nixos = module; darwin = module; }; }); };
  options.systems = mkOption { type = types.attrsOf (types.submodule { options = { inherit module; mainModule = module; }; }); };
  options.free = mkOption {
    type = types.submodule { freeformType = types.attrsOf types.deferredModule; options.named = module; };
  };
}
#- /web.nix
{ config, ... }: {
  tagged.web.nixos = { port = 80; };
  tagged.edit.home = { port = 1; };
  tag.nixos = { greeting = "hi"; };
  written.empty.nixos = { };
  systems.desk.module = { };
  systems.den.mainModule = { };
  free.named = { tags = [ "a" ]; };
  free.other = { tags = [ "b" ]; };
  hosts.alpha = [ config.tagged.web.nixos config.tag.nixos ];
  hosts.beta = [ config.free.named config.free.other ];
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "free  other web.nix beta",
    "free.named  named web.nix beta",
    "systems  den web.nix",
    "systems  desk web.nix",
    "tag nixos tag web.nix alpha",
    "tagged home edit web.nix",
    "tagged nixos web web.nix alpha",
    "written nixos empty web.nix",
  ])
})

test("modules for homes are told from those for machines, beside which a submodule of hosts has them", () => {
  const fleet = fleetOf(
    "./aspects.nix ./web.nix",
    "lib.mapAttrs (_: made: host [ config.all.nixos made.nixos made.home made.users.ann.home config.all.home ]) config.hosts.nixos",
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  module = mkOption { type = types.deferredModule; default = { }; };
  sub = options: mkOption { type = types.lazyAttrsOf (types.submodule { inherit options; }); default = { }; };
in {
  options.all = { nixos = module; home = module; };
  options.hosts.nixos = sub { nixos = module; home = module; users = sub { home = module; }; };
}
#- /web.nix
{
  all.nixos = { port = 80; };
  all.home = { tags = [ "home" ]; };
  hosts.nixos.alpha = { nixos.tags = [ "a" ]; home.tags = [ "b" ]; users.ann.home.tags = [ "c" ]; };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "all.home home all web.nix alpha",
    "all.nixos nixos all web.nix alpha",
    "hosts.nixos home alpha web.nix alpha",
    "hosts.nixos home alpha.users.ann web.nix alpha",
    "hosts.nixos nixos alpha web.nix alpha",
  ])
})

test("a configuration that extends the one around it, as a partition does, has no aspects of its own", () => {
  const fleet = fleetOf(
    "./aspects.nix",
    "lib.mapAttrs (_: host) config.hosts",
    `
#- /aspects.nix
{ lib, config, extendModules, ... }: with lib; {
  options.hosts = mkOption { type = types.lazyAttrsOf (types.listOf types.raw); };
  options.my.nixos = mkOption { type = types.lazyAttrsOf types.deferredModule; };
  options.parts = mkOption { type = types.lazyAttrsOf (types.submodule { options.module = mkOption { inherit (extendModules { }) type; }; }); };
  config = {
    my.nixos.base = { greeting = "hi"; };
    parts.dev.module.hosts = { };
    hosts.alpha = [ config.my.nixos.base ];
  };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet), ["my.nixos nixos base aspects.nix alpha"])
})

test("the nearest aspects are found in a type that makes new types of itself without end", () => {
  const fleet = fleetOf(
    "./aspects.nix ./web.nix",
    "{ alpha = host [ config.aspects.web.nixos ]; beta = host [ config.aspects.web.provides.tls.nixos ]; }",
    `
#- /aspects.nix
{ lib, ... }: with lib; let
  made = _: types.either (types.either (types.functionTo (aspect { })) (types.functionTo (made { }))) (aspect { });
  aspect = _: types.submodule {
    freeformType = types.lazyAttrsOf types.deferredModule;
    options.includes = mkOption { type = types.listOf (made { }); default = [ ]; };
    options.provides = mkOption { type = types.submodule { freeformType = types.lazyAttrsOf (made { }); }; default = { }; };
  };
in {
  options.aspects = mkOption { type = types.submodule { freeformType = types.lazyAttrsOf (types.either (aspect { }) (made { })); }; };
}
#- /web.nix
{
  aspects.web.nixos = { port = 80; };
  aspects.web.provides.tls.nixos = { port = 443; };
}
`,
  )
  assert.deepEqual(aspectsOf(fleet).sort(), [
    "aspects nixos web web.nix alpha",
    "aspects nixos web.provides.tls web.nix beta",
  ])
})

test("the machines of clan are no aspects, neither below `clan` nor in a configuration that clan's function makes", () => {
  const fleet = fleetOf(
    "./clan.nix ./base.nix",
    `{
      alpha = host [ config.parts.web config.clan.machines.alpha ];
      beta = host [ (lib.evalModules { modules = [ ./clan-options.nix { machines.beta.port = 1; } ]; }).config.machines.beta ];
    }`,
    `
#- /clan.nix
{ lib, ... }: with lib; {
  options.clan = mkOption { type = types.submodule ./clan-options.nix; default = { }; };
  options.parts = mkOption { type = types.lazyAttrsOf types.deferredModule; };
}
#- /clan-options.nix
{ lib, ... }: with lib; {
  options.machines = mkOption { type = types.lazyAttrsOf types.deferredModule; default = { }; };
  options.inventory.instances = mkOption { type = types.lazyAttrsOf types.deferredModule; default = { }; };
  options.clanInternals = mkOption { default = { }; };
}
#- /base.nix
{ clan.machines.alpha.name = "alpha"; parts.web.port = 80; }
`,
  )
  assert.deepEqual(aspectsOf(fleet), ["parts  web base.nix alpha"])
})
