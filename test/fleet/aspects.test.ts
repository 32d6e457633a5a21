// Which aspects a fleet has, in whatever options it keeps them, and which hosts import them.

import assert from "node:assert/strict"
import { mkdirSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { test } from "mocha"
import { nameBelow, type Outside, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { fixture } from "../harness/fixture.js"
import { type FleetFixture, inputsFolder, plainFleet, showFinding } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const folder = temporaryFolder("aspects")

/** Evaluates modules that hold aspects, as flake-parts does it. */
const parts = `lib: modules: lib.evalModules {
  modules = modules ++ [
    { options.flake.modules = with lib; mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); }; }
  ];
}`

/**
 * The aspects of a fleet with an input that has aspects at the same option, as NAME, files and hosts.
 * @param listing what listing the fleet's hosts evaluates first
 */
function aspectsBesideAnInput(listing: string): string[] {
  const { files } = fixture(`
#- /other/flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs"; outputs = { nixpkgs, ... }:
  ((${parts}) nixpkgs.lib [ ./theirs.nix ]).config.flake; }
#- /other/theirs.nix
{ flake.modules.nixos = { shared = { }; theirs = { }; }; }
#- /fleet/ours.nix
{ flake.modules.nixos = { base = { }; unused = { }; }; }
#- /fleet/flake.nix
{
  inputs.other.url = "path:${folder}/other";
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, other, ... }: let
    flake = ((${parts}) nixpkgs.lib [ ./ours.nix ]).config.flake;
  in builtins.seq ${listing} flake // {
    nixosConfigurations.host = nixpkgs.lib.evalModules { modules = [ other.modules.nixos.shared flake.modules.nixos.base ]; };
  };
}
`)
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const setup = { root: join(folder, "fleet"), offline: true, overrideInputs: {} }
  const { aspects } = openFleet(setup, new Disk()).answer({ kind: "load" })
  return aspects
    .map(({ name, files, hosts }) => [name, ...files.map(file => basename(file)), ...hosts].join(" "))
    .sort()
}

test("an input with aspects at the same option hides none of the fleet's, and adds what a host imports", () =>
  assert.deepEqual(aspectsBesideAnInput("other.modules"), [
    "base ours.nix host",
    "shared theirs.nix host",
    "unused ours.nix",
  ]))

test("what a host imports is an aspect, also of an input that only the host makes Nix look into", () =>
  assert.deepEqual(aspectsBesideAnInput("null"), [
    "base ours.nix host",
    "shared theirs.nix host",
    "unused ours.nix",
  ]))

/**
 * A fleet that evaluates `modules` to a `config` with aspects in it.
 * @param hosts its set of hosts, made with `host MODULES`
 * @param files the modules
 */
function fleetOf(modules: string, hosts: string, files: string, outside?: Outside): FleetFixture {
  const flake = `
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ${modules} ]; }) config;
    host = modules: lib.evalModules { class = "nixos"; modules = [ ./options.nix ] ++ modules; };
  in { nixosConfigurations = ${hosts}; };
}`
  return plainFleet(flake + files, undefined, outside)
}

/** A fleet whose aspects live in options that it declares itself. */
const ownOptions = (outside?: Outside) =>
  fleetOf(
    "./aspects.nix ./base.nix ./web.nix",
    `{
      alpha = host [ config.fleet.aspects.base.nixos config.fleet.free.desk.nixos ./alpha.nix ];
      beta = host [ config.fleet.aspects.base.nixos config.parts.ssh ./folder ];
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.fleet.aspects = mkOption {
    type = types.attrsOf (types.submodule {
      options = genAttrs [ "nixos" "darwin" ] (_: mkOption { type = types.deferredModule; default = { }; }) // {
        about = mkOption { type = types.str; default = ""; };
      };
    });
  };
  options.fleet.free = mkOption {
    type = types.attrsOf (types.submodule {
      freeformType = types.lazyAttrsOf types.deferredModule;
      options.about = mkOption { type = types.str; default = ""; };
    });
  };
  options.parts = mkOption { type = types.attrsOf (types.nullOr types.deferredModule); };
}
#- /base.nix
{ fleet.aspects.base = { about = "everywhere"; nixos = { greeting = "hi"; }; }; parts.ssh = { port = 2022; }; }
#- /web.nix
{
  fleet.aspects.base.nixos = { tags = [ "all" ]; };
  fleet.aspects.web.nixos = { port = 80; };
  fleet.free.desk = { lib, ... }: { nixos = { port = 5900; }; };
  parts.unused = { port = 1; };
}
#- /alpha.nix
{ name = "alpha"; }
#- /folder/default.nix
{
  name = "beta";
}
`,
    outside,
  )

const aspectsOf = (fleet: FleetFixture) =>
  fleet.session
    .answer({ kind: "load" })
    .aspects.map(({ option, class: above, name, files, hosts }) =>
      [option, above, name, ...files.map(file => file.replace("/fleet/", "")), ...hosts].join(" "),
    )

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

test("what an option makes of a text is set where that text is, not in another aspect", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ./aspects.nix ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules {
    class = "nixos";
    modules = [ ./options.nix config.my.aspects.base config.my.aspects.text ];
  }; };
}
#- /called.nix
name: { inherit name; port = 7; }
#- /aspects.nix
{ lib, ... }: {
  options.my.aspects = lib.mkOption {
    type = with lib.types; attrsOf (coercedTo str (import ./called.nix) deferredModule);
  };
  config.my.aspects.base.port = 7;
  config.my.aspects.other = { name = "gamma"; };
  config.my.aspects.text = "alpha";
}
`)
  const placesOf = (path: string) =>
    fleet
      .option(path)[0]
      .definitions.filter(({ via }) => via !== undefined)
      .map(({ file, line, via }) => `${via} ${file}:${line}`)
  assert.deepEqual(placesOf("name"), ["my.aspects.text /fleet/aspects.nix:7"])
  assert.deepEqual(placesOf("port").sort(), [
    "my.aspects.base /fleet/aspects.nix:5",
    "my.aspects.text /fleet/aspects.nix:7",
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

test("aspects that only hosts make are the same when values are dropped between hosts", () => {
  let cleared = 0
  const memory = { isCrowded: () => true, clear: () => cleared++, sweep: () => {} }
  const crowded = ownOptions({ memory })
  assert.deepEqual(aspectsOf(crowded), aspectsOf(ownOptions()))
  assert.deepEqual(crowded.check(), ownOptions().check())
  assert.ok(cleared > 3, "two hosts are visited twice")
})

test("an aspect's class is the name that says so, before its name or behind it", () => {
  const named = (...names: string[]) => {
    const { class: above, name } = nameBelow(["my", "parts"], names, undefined)
    return `${name} of ${above || "none"}`
  }
  assert.equal(named("nixos", "base"), "base of nixos")
  assert.equal(named("base", "homeManager"), "base of homeManager")
  assert.equal(named("darwin"), "parts of darwin")
  assert.equal(named("generic", "nixos"), "nixos of generic")
  assert.equal(named("terranix", "base"), "base of terranix")
  assert.equal(named("ssh"), "ssh of none")
  assert.equal(named(), "parts of none")
  assert.deepEqual(nameBelow(["own", "nixos", "web"], [], undefined), {
    option: "own.nixos.web",
    class: "nixos",
    name: "web",
  })
  assert.deepEqual(nameBelow(["web", "darwin"], [], undefined), {
    option: "web.darwin",
    class: "darwin",
    name: "web",
  })
  assert.equal(named("nixos", "services", "web"), "services.web of nixos")
  assert.equal(named("kube", "services", "web"), "services.web of kube")
})

test("a host whose module system knows of no classes may import an aspect of any", () => {
  const modules = "modules = [ ./options.nix config.aspects.darwin.name ];"
  const fleet = fleetOf(
    "./aspects.nix",
    `builtins.seq config {
      alpha = lib.evalModules { ${modules} };
      beta = lib.evalModules { ${modules} class = "darwin"; };
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.aspects = mkOption {
    type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
    apply = mapAttrs (_class: mapAttrs (_: module: { inherit _class; imports = [ module ]; }));
  };
  config.aspects.darwin.name.name = "named";
}
`,
  )
  const aspect = { option: "aspects", class: "darwin", name: "name" }
  assert.deepEqual(fleet.session.answer({ kind: "importers", aspects: [aspect] }), ["alpha", "beta"])
})

test("an aspect of one's own option that nobody imports is found, where others of its kind are imported", () =>
  assert.deepEqual(ownOptions().check().map(showFinding), [
    "/web.nix:3:31 information unused-aspect [] no host imports the aspect 'nixos.web'",
    "/web.nix:5:20 information unused-aspect [] no host imports the aspect 'unused'",
  ]))

test("an unused aspect is found where it is written, also where the file does not say in which partition its option lies", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ./aspects.nix ]; prefix = [ "partitions" "dev" "module" ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules { class = "nixos"; modules = [ ./options.nix config.my.aspects.nixos.base ]; }; };
}
#- /aspects.nix
{ lib, ... }: {
  options.my.aspects = with lib; mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); };
  config.my.aspects.nixos = {
    base.name = "alpha";
    unused.port = 1;
  };
}
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/aspects.nix:5:5 information unused-aspect [] no host imports the aspect 'nixos.unused'",
  ])
})

test("what a framework writes too, in an option of no class, is no aspect that a host would have to import", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    theirs = builtins.toFile "framework.nix" ''{ lib, ... }: {
      options.schema = lib.mkOption { type = lib.types.attrsOf lib.types.deferredModule; };
      config.schema.user = { };
    }'';
    inherit (lib.evalModules { modules = [ theirs ./schema.nix ]; }) config;
  in { nixosConfigurations.alpha = lib.evalModules { class = "nixos"; modules = [ ./options.nix config.schema.host ]; }; };
}
#- /schema.nix
{ schema.host = { name = "alpha"; }; schema.user = { classes = [ ]; }; schema.unused = { port = 1; }; }
`)
  assert.deepEqual(fleet.check().map(showFinding), [
    "/schema.nix:1:90 information unused-aspect [] no host imports the aspect 'unused'",
  ])
})

test("a definition says by which aspect it came, and one in a folder's default.nix has its line", () => {
  const fleet = ownOptions()
  const written = (path: string) =>
    fleet.option(path).map(({ host, definitions }) => {
      const [{ file, line, via }] = definitions.filter(({ wins }) => wins)
      return `${host} ${file.replace("/fleet/", "")}:${line} ${via ?? ""}`
    })
  assert.deepEqual(written("port"), ["alpha web.nix:4 fleet.free.desk.nixos", "beta base.nix:1 parts.ssh"])
  assert.deepEqual(written("name"), ["alpha alpha.nix:1 ", "beta folder/default.nix:2 "])
})

test("a file that a framework imports from a copy of the flake is the flake's own", () => {
  const fleet = plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    copy = builtins.path { path = ./.; name = "copy"; };
  in { nixosConfigurations.alpha = nixpkgs.lib.evalModules { class = "nixos"; modules = [ ./options.nix (copy + "/modules/a.nix") ]; }; };
}
#- /modules/a.nix
{ name = "alpha";
  prot = 1; }
`)
  const [{ definitions }] = fleet.option("name")
  assert.deepEqual(definitions[0], { ...definitions[0], file: "/fleet/modules/a.nix", line: 1, wins: true })
  assert.match(
    fleet.check().map(showFinding).join("\n"),
    /^\/modules\/a.nix:2:3 error unknown-option \[alpha\]/,
  )
})
