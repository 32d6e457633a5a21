// What folders held is kept between runs as text, and given back only for the very state that it was read in.

import assert from "node:assert/strict"
import type { FileKind } from "../../server/src/eval/index.js"
import { KeptFolders } from "../../server/src/machine/kept-folders.js"

const entries = new Map<string, FileKind>([
  ["a.nix", "regular"],
  ["with blank", "directory"],
  ["link", "symlink"],
])

describe("kept folders", () => {
  it("are what they were, for the same state", () => {
    const kept = new KeptFolders("")
    kept.keep("/a/b", "1:2", entries)
    kept.keep("/a/empty", "3:4", new Map())
    const again = new KeptFolders(kept.text())
    assert.deepEqual([...(again.entries("/a/b", "1:2") ?? [])], [...entries])
    assert.equal(again.entries("/a/empty", "3:4")?.size, 0)
    assert.equal(again.added, 0)
  })

  it("are unknown in any other state, and where nobody looked", () => {
    const kept = new KeptFolders("/a\t1\trx\n")
    assert.equal(kept.entries("/a", "2"), undefined)
    assert.equal(kept.entries("/b", "1"), undefined)
  })

  it("are not kept when a name could be taken for two", () => {
    const kept = new KeptFolders("")
    kept.keep("/a", "1", new Map<string, FileKind>([["x\ty", "regular"]]))
    assert.equal(kept.entries("/a", "1"), undefined)
  })
})
