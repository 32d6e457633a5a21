// Archives of trees that exist only here. The hashes are those that Nix 2.34.8 printed for the same tree on a disk.

import assert from "node:assert/strict"
import {
  type FileTree,
  filterTree,
  hashNar,
  printHash,
  sourcePath,
  writeNar,
} from "../../server/src/store/index.js"

const file = (text: string, executable = false): FileTree => ({
  kind: "regular",
  executable,
  contents: () => Buffer.from(text, "latin1"),
})

const directory = (entries: Record<string, FileTree>): FileTree => ({
  kind: "directory",
  entries: () => Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)),
})

const tree = directory({
  a: file(""),
  B: file("upper"),
  empty: directory({}),
  link: { kind: "symlink", target: "dir/b" },
  "\u00c3\u00a9": file("accent"),
  dir: directory({
    b: file("one"),
    run: file("#!/bin/sh\n", true),
    sub: directory({ long: file("x".repeat(70000)) }),
  }),
})

describe("nar", () => {
  it("holds files, executables, links, directories and names of any bytes", () => {
    const hash = hashNar(tree)
    assert.equal(printHash(hash, "sri"), "sha256-bFX8S62ywLIifM3ejfLPAZH28MBOyl0H0LeLLXTadEs=")
    assert.equal(sourcePath("tree", hash), "/nix/store/bb1wgqmpvvk97w09x1zdpnbgxqhs5p60-tree")
  })

  it("leaves out what a filter refuses, and asks in the order of the archive", () => {
    const asked: string[] = []
    const filtered = filterTree(tree, (path, kind) => {
      asked.push(`${kind} ${path}`)
      return path !== "dir/sub"
    })
    assert.equal(sourcePath("tree", hashNar(filtered)), "/nix/store/0idrpa6d5f2wnrs371ppysywgn9m388v-tree")
    assert.deepEqual(asked, [
      "regular B",
      "regular a",
      "directory dir",
      "regular dir/b",
      "regular dir/run",
      "directory dir/sub",
      "directory empty",
      "symlink link",
      "regular \u00c3\u00a9",
    ])
  })

  it("never opens what a filter refuses", () => {
    const unreadable: FileTree = {
      kind: "directory",
      entries: () => assert.fail("opened"),
    }
    const socket: FileTree = { kind: "unknown" }
    const kept = filterTree(directory({ a: file("1"), b: unreadable, c: socket }), path => path === "a")
    assert.deepEqual(hashNar(kept), hashNar(directory({ a: file("1") })))
  })

  it("is the same bytes whatever the sizes of the pieces", () => {
    for (const size of [0, 1, 7, 8, 4097, 16384, 16385, 65536, 200_001]) {
      const pieces: Uint8Array[] = []
      writeNar(file("y".repeat(size)), { write: bytes => void pieces.push(Uint8Array.from(bytes)) })
      const bytes = Buffer.concat(pieces)
      const padded = size + ((8 - (size % 8)) % 8)
      assert.equal(bytes.length, 112 + padded, `an archive of ${size} bytes`)
      assert.equal(bytes.toString("latin1").split("y").length - 1 - "type".split("y").length + 1, size)
    }
  })

  it("refuses a file of unknown kind and entries out of order", () => {
    assert.throws(() => hashNar(directory({ a: { kind: "unknown" } })), {
      name: "StoreError",
      message: "file 'a' has an unsupported type",
    })
    assert.throws(() => hashNar(directory({ a: { kind: "unknown" } }), "sha256", "/b"), {
      message: "file '/b/a' has an unsupported type",
    })
    const unsorted: FileTree = {
      kind: "directory",
      entries: () => [
        ["b", file("")],
        ["a", file("")],
      ],
    }
    assert.throws(() => hashNar(unsorted), /does not sort after/)
  })
})
