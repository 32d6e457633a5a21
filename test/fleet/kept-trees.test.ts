// Hashes of trees that are kept between runs: a tree in the same state is not read again, and any other is.

import assert from "node:assert/strict"
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { TreeHashes } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { KeptTrees } from "../../server/src/machine/kept-trees.js"
import { printHash } from "../../server/src/store/index.js"
import { RecordingFiles } from "../harness/recording-files.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

describe("kept hashes of trees", () => {
  let root: string
  let kept = new KeptTrees("")

  before(async () => {
    root = join(temporaryFolder("trees"), "tree")
    mkdirSync(join(root, "folder"), { recursive: true })
    writeFileSync(join(root, "a.nix"), "1\n")
    writeFileSync(join(root, "folder/b.nix"), "2\n")
    symlinkSync("a.nix", join(root, "link"))
    await setTimeout(2_100)
  })

  /** The hash as a new run finds it, and the files that it read. */
  function hash(): { hash: string; read: string[] } {
    kept = new KeptTrees(kept.text())
    const files = new RecordingFiles(new Disk())
    const { narHash } = new TreeHashes(undefined, kept).of(files, { root, visible: undefined })
    const read = [...files.bytes].map(path => path.slice(root.length + 1))
    return { hash: printHash(narHash, "base16"), read }
  }

  it("spare the next run the reading of files", () => {
    const first = hash()
    assert.deepEqual(first.read, ["a.nix", "folder/b.nix"])
    assert.equal(kept.added, 1)
    assert.deepEqual(hash(), { hash: first.hash, read: [] })
  })

  it("stand for the tree also where it was moved to", () => {
    const before = hash()
    const moved = `${root}-moved`
    renameSync(root, moved)
    root = moved
    assert.deepEqual(hash(), { hash: before.hash, read: [] })
  })

  it("are not those of a tree in which a file, or what a link says, is another", async () => {
    const before = hash()
    // The same size, and the time of the file set back.
    writeFileSync(join(root, "a.nix"), "3\n")
    utimesSync(join(root, "a.nix"), 1_000_000_000, 1_000_000_000)
    const changed = hash()
    assert.notEqual(changed.hash, before.hash)
    assert.equal(kept.added, 0, "a file that changed a moment ago may change again unseen")
    await setTimeout(2_100)
    assert.deepEqual(hash(), changed)
    rmSync(join(root, "link"))
    symlinkSync("b.nix", join(root, "link"))
    assert.notEqual(hash().hash, changed.hash)
  })

  it("are ignored where the lines that hold them are damaged", () => {
    const { hash: right } = hash()
    kept = new KeptTrees(kept.text().replaceAll(/ .{8}/g, " nothing!"))
    assert.equal(hash().hash, right)
  })
})
