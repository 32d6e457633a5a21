// Archives that nobody should trust: nothing is ever written outside of the folder, and the reason is said.

import assert from "node:assert/strict"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { leadsOut } from "../../server/src/fetch/links.js"
import { unpack } from "../../server/src/fetch/unpack.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { type ArchiveContent, honest, tarball } from "./archive.js"
import {
  bzip2Bomb,
  escapingZip,
  honestBzip2,
  honestZip,
  latin1Tar,
  linkingOutZip,
  oldTar,
  sparseTar,
} from "./packed.js"

describe("unpacking", () => {
  let around: string
  beforeEach(() => {
    around = temporaryFolder("unpack")
    mkdirSync(join(around, "tree"))
  })

  const take = async (content: ArchiveContent | Buffer) => {
    const file = join(around, "archive")
    writeFileSync(file, Buffer.isBuffer(content) ? content : await tarball(content))
    return unpack(file, join(around, "tree"), { unpackLimit: 1 << 20 }, new AbortController().signal)
  }
  const refuses = async (content: ArchiveContent | Buffer, message: RegExp) => {
    await assert.rejects(take(content), message)
    assert.deepEqual(readdirSync(around).sort(), ["archive", "tree"])
  }

  it("leaves out a single folder at the top, and nothing else", async () => {
    assert.equal((await take(honest)).root, join(around, "tree/repo-1"))
  })

  it("keeps what has more than one thing at the top", async () => {
    const { root, size } = await take([
      ["a", "12"],
      ["b/c", "345"],
    ])
    assert.equal(root, join(around, "tree"))
    assert.equal(size, 5)
  })

  it("takes an archive that is not compressed", async () => {
    assert.equal((await take(gunzipSync(await tarball(honest)))).root, join(around, "tree/repo-1"))
  })

  for (const [kind, archive] of Object.entries({ zip: honestZip, bzip2: honestBzip2 }))
    it(`takes ${kind}, with links and the right to run`, async () => {
      const { root, size, lastModified } = await take(archive)
      assert.deepEqual(readdirSync(root).sort(), ["empty", "flake.nix", "lib", "link", "run"])
      assert.equal(readFileSync(join(root, "link"), "utf8"), "1")
      assert.equal(readlinkSync(join(root, "link")), "lib/default.nix")
      assert.equal(statSync(join(root, "run")).mode & 0o777, 0o755)
      assert.equal(size, 36)
      assert.equal(lastModified > 1_699_900_000, true)
    })

  it("refuses in zip and bzip2 what it refuses elsewhere", async () => {
    await refuses(escapingZip, /\.\.\/escaped/)
    await refuses(linkingOutZip, /contains the link 'top\/l', which leads out of it/)
    await refuses(bzip2Bomb, /contains more than/)
  })

  it("copies hard links", async () => {
    const { root } = await take([
      ["a", "same"],
      ["b", { type: "link", linkname: "a" }],
    ])
    assert.equal(readFileSync(join(root, "b"), "utf8"), "same")
  })

  it("copies a hard link to a link, and takes the last of two files of one name, as Nix does", async () => {
    const { root } = await take([
      ["a", "first"],
      ["b", { type: "symlink", linkname: "a" }],
      ["c", { type: "link", linkname: "b" }],
      ["a", "last"],
      ["a", { type: "link", linkname: "a" }],
    ])
    assert.equal(readlinkSync(join(root, "c")), "a")
    assert.equal(readFileSync(join(root, "c"), "utf8"), "last")
  })

  it("keeps names that are no UTF-8", async () => {
    const { root } = await take(latin1Tar)
    assert.deepEqual(readdirSync(root, "latin1").sort(), ["l", "\xfcber", "\xfc".repeat(101)].sort())
    assert.equal(readlinkSync(join(root, "l"), "latin1"), "\xfcber")
  })

  it("keeps names in extended headers, which are UTF-8", async () => {
    const name = "\u00fc".repeat(101)
    const { root } = await take([
      [name, "1"],
      ["l", { type: "symlink", linkname: name }],
    ])
    assert.equal(readFileSync(join(root, "l"), "utf8"), "1")
  })

  it("takes the oldest format", async () => {
    assert.deepEqual(readdirSync((await take(oldTar)).root), ["t"])
  })

  it("refuses sparse files, which it would write wrong", () =>
    refuses(sparseTar, /as a sparse file, which Canopy cannot unpack/))

  it("refuses names that lead out", async () => {
    await refuses([["../escaped", "x"]], /contains '\.\.\/escaped', which leads out of it/)
    await refuses([["a/../../escaped", "x"]], /leads out of it/)
    assert.equal(existsSync(join(around, "escaped")), false)
  })

  it("refuses to write through links", async () => {
    const content: ArchiveContent = [
      ["a/up", { type: "symlink", linkname: "../.." }],
      ["a/up/escaped", "x"],
    ]
    await refuses(content, /contains 'a\/up\/escaped', but 'a\/up' is a link in it/)
    await refuses(
      [
        ["f", { type: "symlink", linkname: "/etc/passwd" }],
        ["f", "x"],
      ],
      /contains 'f' more than once/,
    )
  })

  for (const linkname of ["/etc/passwd", "../../x", "../x"])
    it(`refuses a link to ${linkname}, which leads out of the tree`, () =>
      refuses(
        [
          ["top/a", "1"],
          ["top/l", { type: "symlink", linkname }],
        ],
        /contains the link 'top\/l', which leads out of it/,
      ))

  it("refuses hard links to what is not in it", async () => {
    await refuses([["l", { type: "link", linkname: "../../etc/passwd" }]], /leads out of it/)
    await refuses([["l", { type: "link", linkname: "none" }]], /which is not in it/)
  })

  it("refuses devices, and nothing at all", async () => {
    await refuses([["d", { type: "character-device" }]], /a character-device, which a source cannot contain/)
    await refuses([], /the archive is empty/)
  })

  it("refuses what is no archive, and what it cannot unpack", async () => {
    await refuses(Buffer.from("<html>not found</html>".repeat(100)), /the archive is broken/)
    await refuses(Buffer.from("BZh91AY&SY"), /the archive is broken/)
    await refuses(Buffer.from("PK\x03\x04...."), /the archive is broken/)
  })

  it("refuses an archive that grows without end", async () => {
    await refuses([["bomb", "0".repeat((1 << 20) + 1)]], /contains more than 1 MB/)
  })
})

describe("a link", () => {
  const links = new Map([
    ["a/into", "../deep/er"],
    ["a/out", "into/../../.."],
    ["a/around", "into/.."],
    ["a/circle", "circle"],
    ["a/self", "."],
  ])
  const out = (link: string) => leadsOut(link, "", links)

  it("leads out by where it really leads, not by how it looks", () => {
    assert.deepEqual(["a/into", "a/out", "a/around", "a/circle", "a/self"].filter(out), ["a/out"])
  })
})
