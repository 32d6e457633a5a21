// Where the index of the repository around a folder is, which tells of files that git tracks.

import assert from "node:assert/strict"
import { gitIndexOf } from "../../server/src/lsp/git-index.js"

function indexOf(folder: string, disk: Readonly<Record<string, string>>): string | undefined {
  return gitIndexOf(folder, { isFile: path => path in disk, readText: path => disk[path] })
}

describe("the index of the repository around a folder", () => {
  it("is in the folder, or in one above it", () => {
    const disk = { "/work/.git/HEAD": "" }
    assert.equal(indexOf("/work", disk), "/work/.git/index")
    assert.equal(indexOf("/work/machines/fleet", disk), "/work/.git/index")
  })

  it("is elsewhere for a linked working tree and for a submodule", () => {
    assert.equal(
      indexOf("/tree/a", { "/tree/.git": "gitdir: /work/.git/worktrees/tree\n" }),
      "/work/.git/worktrees/tree/index",
    )
    assert.equal(
      indexOf("/work/sub", { "/work/sub/.git": "gitdir: ../.git/modules/sub\n" }),
      "/work/.git/modules/sub/index",
    )
  })

  it("is nowhere without a repository", () => {
    assert.equal(indexOf("/work", {}), undefined)
  })
})
