// A session while its files change: every answer is about the files as they are, in the editor and on the disk (invariant 6).

import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { CodeCache } from "../../../server/src/eval/index.js"
import { openFleet } from "../../../server/src/fleet/index.js"
import { Disk } from "../../../server/src/machine/disk.js"
import { dendriticFleet, inputsFolder, plainFleet } from "../../harness/fleet-fixture.js"
import { temporaryFolder } from "../../harness/temporary-folder.js"
import { writeFile } from "../../harness/write-file.js"

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

/** A fleet on the disk of this machine: host `alpha` with all modules below modules/, and an input beside it. */
function fleetOnDisk() {
  const root = temporaryFolder("fleet")
  const input = temporaryFolder("input")
  writeFile(join(input, "flake.nix"), "{ outputs = { self }: { tag = import ./tag.nix; }; }")
  writeFile(join(input, "tag.nix"), '"input 1"')
  writeFile(
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
  writeFile(join(root, "modules/one.nix"), '{ tags = [ "one" ]; }')
  const session = openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
  return {
    root,
    input,
    session,
    tags: () => [session.answer({ kind: "option", path: "tags" }).hosts[0].value].flat().sort(),
    changed: (...paths: string[]) => session.filesChanged(paths),
  }
}

test("files that are written, made and deleted on disk count as soon as the session is told", () => {
  const { root, tags, changed } = fleetOnDisk()
  const [one, two, three] = ["one", "two", "deep/er/three"].map(name => join(root, `modules/${name}.nix`))
  assert.deepEqual(tags(), ["input 1", "one"])
  writeFile(one, '{ tags = [ "1" ]; }')
  changed(one)
  assert.deepEqual(tags(), ["1", "input 1"])
  writeFile(two, '{ tags = [ "2" ]; }')
  changed(two)
  assert.deepEqual(tags(), ["1", "2", "input 1"])
  writeFile(three, '{ tags = [ "3" ]; }')
  changed(three)
  assert.deepEqual(tags(), ["1", "2", "3", "input 1"])
  rmSync(join(root, "modules/deep"), { recursive: true })
  changed(join(root, "modules/deep"))
  assert.deepEqual(tags(), ["1", "2", "input 1"])
  rmSync(two)
  changed(two)
  assert.deepEqual(tags(), ["1", "input 1"])
  writeFile(three, '{ tags = [ "3 again" ]; }')
  changed(join(root, "modules/deep"))
  assert.deepEqual(tags(), ["1", "3 again", "input 1"])
})

test("an input that is edited counts as soon as the session is told", () => {
  const { input, tags, changed } = fleetOnDisk()
  assert.deepEqual(tags(), ["input 1", "one"])
  writeFile(join(input, "tag.nix"), '"input 2"')
  changed(join(input, "tag.nix"))
  assert.deepEqual(tags(), ["input 2", "one"])
})

test("an input that no watcher looks at counts once its file is closed, its lock is written, or all may have changed", () => {
  const { root, input, tags, changed, session } = fleetOnDisk()
  const tag = join(input, "tag.nix")
  assert.deepEqual(tags(), ["input 1", "one"])
  session.setFile(tag, '"input 2"')
  writeFile(tag, '"input 2"')
  session.setFile(tag, undefined)
  assert.deepEqual(tags(), ["input 2", "one"])
  writeFile(tag, '"input 3"')
  changed(join(root, "flake.lock"))
  assert.deepEqual(tags(), ["input 3", "one"])
  writeFile(tag, '"input 4"')
  session.filesChanged()
  assert.deepEqual(tags(), ["input 4", "one"])
})

test("what modules read besides Nix, what they look for in vain, and the folders are there to be watched", () => {
  const { root, tags, session } = fleetOnDisk()
  writeFile(join(root, "port.json"), '"80"')
  writeFile(join(root, "unread.json"), '"81"')
  writeFile(
    join(root, "modules/a/two.nix"),
    `{ lib, ... }: { tags = [ (lib.importJSON ../../port.json) ] ++ lib.optional (lib.pathExists ./no.json) "no"; }`,
  )
  assert.deepEqual(tags(), ["80", "input 1", "one"])
  const { files, folders, listed } = session.answer({ kind: "watched" })
  assert.equal(files.includes(join(root, "port.json")), true)
  assert.equal(files.includes(join(root, "modules/a/no.json")), true)
  assert.equal(files.includes(join(root, "unread.json")), false)
  assert.deepEqual(
    files.filter(path => path.endsWith(".nix")),
    [],
  )
  assert.deepEqual(folders, [join(root, "modules"), join(root, "modules/a")])
  assert.deepEqual(listed, folders)
})

test("a file whose code is known from before is there to be watched, whatever its name", () => {
  const { root } = fleetOnDisk()
  const code = new CodeCache()
  const watchesTags = () => {
    // As if no file had changed a moment ago.
    const files = Object.assign(new Disk(), { stampOf: (path: string) => path })
    const session = openFleet({ root, offline: true, overrideInputs: {} }, files, undefined, { code })
    session.answer({ kind: "option", path: "tags" })
    return session.answer({ kind: "watched" }).files.includes(join(root, "tags"))
  }
  writeFile(join(root, "tags"), '[ "tags" ]')
  writeFile(join(root, "modules/a/two.nix"), "{ tags = import ../../tags; }")
  assert.equal(watchesTags(), true)
  assert.equal(watchesTags(), true)
})

test("what has changed since it was read is told", () => {
  const { root, tags, session } = fleetOnDisk()
  const changed = () => session.answer({ kind: "changed" }).map(path => path.slice(root.length))
  writeFile(join(root, "port.json"), '"80"')
  writeFile(
    join(root, "modules/a/two.nix"),
    `{ lib, ... }: { tags = [ (lib.importJSON ../../port.json) ] ++ lib.optional (lib.pathExists ./no.json) "no"; }`,
  )
  assert.deepEqual(tags(), ["80", "input 1", "one"])
  assert.deepEqual(changed(), [])
  writeFile(join(root, "port.json"), '"81"')
  writeFile(join(root, "modules/a/no.json"), "")
  writeFile(join(root, "modules/a/three.nix"), '{ tags = [ "three" ]; }')
  assert.deepEqual(changed().sort(), ["/modules/a", "/modules/a/no.json", "/port.json"])
  session.filesChanged(changed().map(path => `${root}${path}`))
  assert.deepEqual(tags(), ["81", "input 1", "no", "one", "three"])
  assert.deepEqual(changed(), [])
})

test("a file of a new folder counts as soon as git tracks it", () => {
  const { root, tags, changed } = fleetOnDisk()
  assert.deepEqual(tags(), ["input 1", "one"])
  writeFile(join(root, "modules/new/two.nix"), '{ tags = [ "two" ]; }')
  changed(join(root, ".git/index"))
  assert.deepEqual(tags(), ["input 1", "one", "two"])
})
