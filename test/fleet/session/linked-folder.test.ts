// A fleet whose folder is opened through a symbolic link: evaluated where it is, as Nix does, and answered for by the names under
// which its files are open.

import assert from "node:assert/strict"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { openFleet } from "../../../server/src/fleet/index.js"
import { folderNames } from "../../../server/src/fleet/session/folder-names.js"
import { Disk } from "../../../server/src/machine/disk.js"
import { temporaryFolder } from "../../harness/temporary-folder.js"

function linked(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder("linked")
  const [real, link] = [join(folder, "real"), join(folder, "link")]
  mkdirSync(join(real, "fleet"), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(real, "fleet", name), text)
  symlinkSync("real", link)
  return { real, link, root: join(link, "fleet") }
}

test("a fleet below a link is evaluated, edited and found fault with under the names by which it was opened", () => {
  const { root } = linked({
    "flake.nix": "{ outputs = _: { nixosConfigurations.alpha = import ./alpha.nix; }; }",
    "alpha.nix": "{ a = ; }",
  })
  const alpha = join(root, "alpha.nix")
  const session = openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
  const places = () =>
    session.answer({ kind: "check" }).map(({ file, code, hosts }) => [file, code, hosts.join(" ")])
  assert.deepEqual(places(), [[alpha, "syntax-error", "alpha"]])
  assert.equal(session.answer({ kind: "load" }).root, root)
  const { file, why } = session.answer({ kind: "why", path: alpha })
  assert.deepEqual([file, why], [alpha, "another file names it, but not as a module of a host"])
  session.setFile(alpha, "{ a = b; }")
  assert.deepEqual(places(), [[alpha, "undefined-variable", "alpha"]])
})

test("what lies beside the fleet below the link has two names, too, and nothing else has", () => {
  const { real, link, root } = linked({})
  const { toOpened, toReal } = folderNames(root, new Disk())
  assert.equal(toReal(join(root, "a.nix")), join(real, "fleet/a.nix"))
  assert.equal(toReal(join(link, "more/b.nix")), join(real, "more/b.nix"))
  assert.equal(toOpened(join(real, "fleet")), root)
  assert.equal(toOpened(join(real, "more")), join(link, "more"))
  assert.equal(toOpened(`${real}ly/c.nix`), `${real}ly/c.nix`)
  assert.equal(folderNames(real, new Disk()).toOpened(join(real, "a")), join(real, "a"))
})

test("a fleet that a reference names is found there: such a name is no folder with links in it", () => {
  const { real } = linked({
    "flake.nix": "{ outputs = _: { nixosConfigurations.alpha = { }; }; }",
  })
  for (const root of [`path:${real}/fleet`, `path://${real}/fleet`]) {
    const session = openFleet({ root, offline: true, overrideInputs: {} }, new Disk())
    assert.deepEqual(session.answer({ kind: "outline" }).hostNames, ["alpha"])
  }
})
