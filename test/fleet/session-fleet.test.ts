// A session while its files change: every answer is about the files as they are (invariant 6), a cancelled question leaves
// nothing behind, and what it answers is plain data (invariant 7).

import assert from "node:assert/strict"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { test } from "mocha"
import { CancelFlag, Cancelled } from "../../server/src/base/index.js"
import { planDeploy } from "../../server/src/deploy/index.js"
import { openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { exampleFleet } from "../harness/example-fleet.js"
import { dendriticFleet, type FleetFixture, inputsFolder, plainFleet } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const aspects = `
#- /modules/alpha.nix
{ flake.modules.nixos.alpha.name = "alpha"; }
#- /modules/beta.nix
{ flake.modules.nixos.beta = { name = "beta"; port = 80; }; }
#- /modules/gamma.nix
{ config, ... }: { flake.modules.nixos.gamma.imports = [ config.flake.modules.nixos.beta ]; }
`

test("unsaved text counts on the hosts concerned, until it is undone", () => {
  const fleet = dendriticFleet(aspects)
  assert.deepEqual(fleet.values("port"), { alpha: "22", beta: "80", gamma: "80" })
  fleet.type("/modules/beta.nix", '{ flake.modules.nixos.beta = { name = "beta"; port = 443; }; }\n')
  assert.deepEqual(fleet.values("port"), { alpha: "22", beta: "443", gamma: "443" })
  fleet.type("/modules/beta.nix", "{ flake.modules.nixos.beta.port = }")
  assert.match(fleet.values("port").beta, /^error: found '}'/)
  assert.equal(fleet.values("port").alpha, "22")
  fleet.type("/modules/beta.nix", undefined)
  assert.deepEqual(fleet.values("port"), { alpha: "22", beta: "80", gamma: "80" })
  assert.deepEqual(fleet.check(), [])
})

test("a default is the declaring module's, also where a function of another file writes the declaration", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: { options = import ../make.nix lib; }
#- /make.nix
lib: { level = lib.mkOption { default = 3; }; }
`)
  const [{ definitions, declarations }] = fleet.option("level", ["alpha"])
  assert.deepEqual(
    definitions.map(({ file }) => file),
    ["/fleet/modules/base.nix"],
  )
  assert.deepEqual(
    declarations.map(({ file }) => file),
    ["/fleet/make.nix"],
  )
})

test("a mistake inside a value of no particular type is told, what throws there is not", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: {
  options = lib.genAttrs [ "checks" "packages" ] (_: lib.mkOption { type = lib.types.raw; });
  config.checks = [ { assertion = { }.cycle; } ];
  config.packages = { gone = throw "removed"; };
}
`)
  const errorOf = (path: string) => fleet.option(path, ["alpha"])[0].error
  assert.match(errorOf("checks") ?? "", /^attribute 'cycle' missing/)
  assert.equal(errorOf("packages"), undefined)
})

test("of a submodule a check looks at what the fleet's own files set, not at what its modules make of it", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: {
  options.homes = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule (builtins.toFile "home.nix" ''
    { config, lib, ... }: {
      options = lib.genAttrs [ "shell" "made" ] (_: lib.mkOption { type = lib.types.str; }) // {
        files = lib.mkOption { type = lib.types.attrsOf lib.types.str; };
      };
      config.made = ({ }).this-is-for-a-build;
      config.files.theirs = ({ }).this-too;
    }
  '')); };
  config.homes.ann = { shell = "fish"; files.ours = ({ }).this-is-a-mistake; };
  config.homes.bob = lib.mkMerge [ { shell = 1; } ];
}
`)
  assert.deepEqual(
    fleet.check().map(({ code, message }) => `${code} ${message.split("\n")[0]}`),
    [
      "missing-attribute attribute 'this-is-a-mistake' missing",
      "wrong-type A definition for option `homes.bob.shell' is not of type `string'. Definition values:",
    ],
  )
})

test("what a build needs is found again when the values of the host that wants it have gone", () => {
  const source = `
#- /hosts/beta.nix
{ name = "beta"; greeting = builtins.readFile (derivation {
  name = "words"; system = "x86_64-linux"; builder = "/bin/sh";
}); }
`
  const memory = { isCrowded: () => true, clear: () => {}, sweep: () => {} }
  const fleet = plainFleet(source, undefined, { memory })
  const [finding] = fleet.check()
  assert.equal(finding.message, "needs a build of 'words'")
  assert.equal(finding.fix?.kind, "build")
  const { derivation } = finding.fix as { derivation: string }
  const wanted = fleet.session.wantedBuild(derivation)
  assert.equal(wanted?.output, "out")
  assert.match(wanted?.outPath ?? "", /-words$/)
  assert.equal(fleet.session.wantedBuild(derivation.replace("words", "other")), undefined)
})

test("findings come and go with the text", () => {
  const fleet = plainFleet("#- /modules/base.nix\n{ port = 80; }")
  const codes = () => fleet.check().map(({ code, hosts }) => `${code} ${hosts.join(" ")}`)
  assert.deepEqual(codes(), [])
  fleet.type("/hosts/beta.nix", '{ name = "beta"; port = true; }')
  assert.deepEqual(codes(), ["wrong-type beta"])
  fleet.type("/modules/base.nix", "{ prot = 80; }")
  assert.deepEqual(codes(), ["wrong-type beta", "unknown-option alpha beta gamma"])
  fleet.type("/hosts/beta.nix", undefined)
  assert.deepEqual(codes(), ["unknown-option alpha beta gamma"])
  fleet.type("/modules/base.nix", undefined)
  assert.deepEqual(codes(), [])
})

test("a new file in a folder of import-tree counts as soon as it is typed", () => {
  const fleet = dendriticFleet(aspects)
  assert.deepEqual(fleet.values("greeting"), { alpha: '"hello"', beta: '"hello"', gamma: '"hello"' })
  fleet.type("/modules/manners.nix", '{ flake.modules.nixos.beta.greeting = "good day"; }')
  assert.deepEqual(fleet.values("greeting"), { alpha: '"hello"', beta: '"good day"', gamma: '"good day"' })
  fleet.type("/modules/manners.nix", undefined)
  assert.deepEqual(fleet.values("greeting"), { alpha: '"hello"', beta: '"hello"', gamma: '"hello"' })
})

test("what was typed and then saved is what counts, and a later undo does not bring the old text back", () => {
  const fleet = plainFleet("#- /modules/base.nix\n{ port = 80; }")
  fleet.type("/modules/base.nix", "{ port = 81; }")
  assert.equal(fleet.values("port").alpha, "81")
  fleet.save("/modules/base.nix", "{ port = 81; }")
  fleet.type("/modules/base.nix", undefined)
  assert.equal(fleet.values("port").alpha, "81")
})

test("hosts come and go with flake.nix", () => {
  const flake = (hosts: string) => `{
    inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
    outputs = { nixpkgs, ... }: {
      nixosConfigurations = nixpkgs.lib.genAttrs [ ${hosts} ] (name: nixpkgs.lib.evalModules {
        modules = [ ./options.nix { inherit name; } ];
      });
    };
  }`
  const fleet = plainFleet(`#- /flake.nix\n${flake('"alpha"')}`)
  const names = () => fleet.session.answer({ kind: "load" }).hosts.map(({ name }) => name)
  assert.deepEqual(names(), ["alpha"])
  fleet.type("/flake.nix", flake('"alpha" "delta"'))
  assert.deepEqual(names(), ["alpha", "delta"])
  assert.deepEqual(fleet.values("name"), { alpha: '"alpha"', delta: '"delta"' })
  fleet.type("/flake.nix", undefined)
  assert.deepEqual(names(), ["alpha"])
})

test("values that are dropped between hosts change no answer", () => {
  const source = `
#- /modules/base.nix
{ config, ... }: { greeting = "I am \${config.name}"; tags = [ (throw "no tag") ]; }
#- /hosts/beta.nix
{ name = "beta"; port = undefinedName; }
#- /hosts/gamma.nix
{ name = "gamma"; port = true; }
`
  let [cleared, swept] = [0, 0]
  const memory = { isCrowded: () => true, clear: () => cleared++, sweep: () => swept++ }
  const [roomy, crowded] = [plainFleet(source), plainFleet(source, undefined, { memory })]
  for (const path of ["port", "greeting", "tags", "absent"])
    assert.deepEqual(crowded.option(path), roomy.option(path), path)
  assert.ok(cleared > 9, "three hosts and four options need more")
  assert.equal(swept, cleared - 1, "once when values went, and not when there were none yet")
  assert.deepEqual(crowded.check(), roomy.check())
  assert.deepEqual(crowded.session.answer({ kind: "load" }), roomy.session.answer({ kind: "load" }))
})

test("values go as soon as a file changes, before anybody asks", () => {
  let cleared = 0
  const memory = { isCrowded: () => false, clear: () => cleared++, sweep: () => {} }
  const fleet = plainFleet("#- /modules/base.nix\n{ port = 80; }", undefined, { memory })
  fleet.option("port")
  const before = cleared
  fleet.type("/modules/base.nix", "{ port = 81; }")
  assert.equal(cleared, before + 1)
})

test("values that were dropped are not used again, also when evaluating anew is cancelled", () => {
  const flag = new Countdown()
  let crowded = false
  const memory = { isCrowded: () => crowded, clear: () => {}, sweep: () => {} }
  // So many calls that the flag is looked at before the hosts are listed.
  const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ (if (builtins.foldl' (n: _: n - 1) 20000 (builtins.genList (n: n) 20000)) == 0 then "beta" else "?") ] (name: nixpkgs.lib.evalModules {
      modules = [ ./options.nix { inherit name; } ];
    });
  };
}
`
  const fleet = plainFleet(source, flag, { memory })
  assert.equal(fleet.values("name").beta, '"beta"')
  const { ev } = fleet.session.fleet()
  crowded = true
  flag.left = 0
  assert.throws(() => fleet.option("name"), Cancelled)
  crowded = false
  flag.left = Number.POSITIVE_INFINITY
  assert.notEqual(fleet.session.fleet().ev, ev)
  assert.equal(fleet.values("name").beta, '"beta"')
})

test("files that are no Nix count too", () => {
  const fleet = plainFleet(`
#- /modules/base.nix
{ lib, ... }: { port = (lib.importJSON ../ports.json).web; greeting = builtins.readFile ../motd; }
#- /ports.json
{ "web": 80 }
#- /motd
hi
#- /hosts/beta.nix
{ name = "beta"; }
`)
  assert.deepEqual([fleet.values("port").beta, fleet.values("greeting").beta], ["80", '"hi"'])
  fleet.type("/ports.json", '{ "web": 8080 }')
  fleet.save("/motd", "ho")
  assert.deepEqual([fleet.values("port").beta, fleet.values("greeting").beta], ["8080", '"ho"'])
})

test("after any edits a session says what a new one says", () => {
  const edits: readonly (readonly [string, string | undefined])[] = [
    ["/modules/beta.nix", '{ flake.modules.nixos.beta = { name = "beta"; port = 1; prot = 2; }; }'],
    ["/modules/gamma.nix", "{ flake.modules.nixos.gamma = { config, ... }: { port = config.port; }; }"],
    ["/modules/extra.nix", "{ flake.modules.nixos.alpha.tags = [ 1 ]; }"],
    ["/modules/beta.nix", "{ flake.modules.nixos.beta = {"],
    ["/modules/extra.nix", undefined],
    ["/modules/beta.nix", '{ flake.modules.nixos.beta = { name = "B"; users.eve.uid = 3; }; }'],
    ["/modules/gamma.nix", undefined],
  ]
  const asked = ["port", "name", "tags", "users.eve.uid"]
  const fleet = dendriticFleet(aspects)
  for (const [i, [path, text]] of edits.entries()) {
    fleet.type(path, text)
    const fresh = dendriticFleet(aspects)
    for (const [path, text] of edits.slice(0, i + 1)) fresh.type(path, text)
    for (const path of asked)
      assert.deepEqual(fleet.option(path), fresh.option(path), `${path} after edit ${i}`)
    assert.deepEqual(fleet.check(), fresh.check(), `findings after edit ${i}`)
    assert.deepEqual(
      fleet.session.answer({ kind: "load" }),
      fresh.session.answer({ kind: "load" }),
      `fleet after edit ${i}`,
    )
  }
})

/** A flag that rises when it has been looked at so often. */
class Countdown extends CancelFlag {
  left = Number.POSITIVE_INFINITY

  override get raised(): boolean {
    return --this.left < 0
  }
}

test("a question that is cancelled at any moment leaves the next answer right", () => {
  const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" ] (name: nixpkgs.lib.nixosSystem {
      modules = [ ./base.nix { networking.hostName = name; } ];
    });
  };
}
#- /base.nix
{ pkgs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.openssh.enable = true;
  environment.systemPackages = [ pkgs.git ];
}
`
  const answers = ({ session }: FleetFixture) => [
    session.answer({ kind: "load" }),
    session.answer({ kind: "option", path: "environment.systemPackages" }),
    session.answer({ kind: "check" }),
  ]
  const wanted = answers(plainFleet(source))
  const flag = new Countdown()
  const fleet = plainFleet(source, flag)
  for (const looks of [0, 1, 3, 4]) {
    fleet.type("/unused.nix", `{ look = ${looks}; }`)
    flag.left = looks
    assert.throws(() => answers(fleet), Cancelled, `look ${looks}`)
    flag.left = Number.POSITIVE_INFINITY
    assert.deepEqual(answers(fleet), wanted, `cancelled at look ${looks}`)
  }
})

/** A fleet on the disk of this machine: host `alpha` with all modules below modules/, and an input beside it. */
function fleetOnDisk() {
  const root = temporaryFolder("fleet")
  const input = temporaryFolder("input")
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  write(join(input, "flake.nix"), "{ outputs = { self }: { tag = import ./tag.nix; }; }")
  write(join(input, "tag.nix"), '"input 1"')
  write(
    join(root, "flake.nix"),
    `{
      inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
      inputs.import-tree.url = "path:${inputsFolder}/import-tree";
      inputs.tagged.url = "path:${input}";
      outputs = { nixpkgs, import-tree, tagged, ... }: {
        nixosConfigurations.alpha = nixpkgs.lib.evalModules {
          modules = [
            ({ lib, ... }: { options.tags = lib.mkOption { type = lib.types.listOf lib.types.str; }; })
            { tags = [ tagged.tag ]; }
            (import-tree ./modules)
          ];
        };
      };
    }`,
  )
  write(join(root, "modules/one.nix"), '{ tags = [ "one" ]; }')
  const session = openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
  return {
    root,
    input,
    write,
    tags: () => [session.answer({ kind: "option", path: "tags" }).hosts[0].value].flat().sort(),
    changed: (...paths: string[]) => session.filesChanged(paths),
  }
}

test("files that are written, made and deleted on disk count as soon as the session is told", () => {
  const { root, write, tags, changed } = fleetOnDisk()
  const [one, two, three] = ["one", "two", "deep/er/three"].map(name => join(root, `modules/${name}.nix`))
  assert.deepEqual(tags(), ["input 1", "one"])
  write(one, '{ tags = [ "1" ]; }')
  changed(one)
  assert.deepEqual(tags(), ["1", "input 1"])
  write(two, '{ tags = [ "2" ]; }')
  changed(two)
  assert.deepEqual(tags(), ["1", "2", "input 1"])
  write(three, '{ tags = [ "3" ]; }')
  changed(three)
  assert.deepEqual(tags(), ["1", "2", "3", "input 1"])
  rmSync(join(root, "modules/deep"), { recursive: true })
  changed(join(root, "modules/deep"))
  assert.deepEqual(tags(), ["1", "2", "input 1"])
  rmSync(two)
  changed(two)
  assert.deepEqual(tags(), ["1", "input 1"])
  write(three, '{ tags = [ "3 again" ]; }')
  changed(join(root, "modules/deep"))
  assert.deepEqual(tags(), ["1", "3 again", "input 1"])
})

test("an input that is edited counts as soon as the session is told", () => {
  const { input, write, tags, changed } = fleetOnDisk()
  assert.deepEqual(tags(), ["input 1", "one"])
  write(join(input, "tag.nix"), '"input 2"')
  changed(join(input, "tag.nix"))
  assert.deepEqual(tags(), ["input 2", "one"])
})

test("all answers about the example are plain data: JSON gives them back unchanged", () => {
  const session = exampleFleet()
  const fleet = session.answer({ kind: "load" })
  const paths = ["services.openssh", "environment.systemPackages", "users.users", "networking.hostName"]
  const hosts = fleet.hosts.map(({ name }) => name)
  const answers = [
    fleet,
    ...paths.map(path => session.answer({ kind: "option", path })),
    session.answer({ kind: "option", path: "no.such.option", hosts: ["cinnabar"] }),
    session.answer({ kind: "check" }),
    session.answer({ kind: "packages" }),
    planDeploy(session.deployFacts(hosts), hosts),
  ]
  for (const answer of answers) assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer)
})
