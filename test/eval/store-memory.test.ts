// Store paths that an earlier evaluation has computed: they are taken where nothing has changed, and only there.

import assert from "node:assert/strict"
import { type EvalIO, Evaluator, type FileKind, noIO } from "../../server/src/eval/index.js"
import { StoreMemory } from "../../server/src/store/index.js"

interface FakeFile {
  readonly text: string
  readonly stamp?: string
  readonly link?: string
}

function namesIn(files: Readonly<Record<string, FakeFile>>, folder: string): string[] {
  return Object.keys(files).flatMap(path =>
    path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
  )
}

describe("store memory", () => {
  const memory = new StoreMemory()
  const read: string[] = []

  const asked: string[] = []

  /** A world of these files. What of them is read to be hashed is noted in `read`, what is traced in `asked`. */
  function world(files: Readonly<Record<string, FakeFile>>): EvalIO {
    const behind = (path: string): FakeFile => files[files[path].link ?? path]
    return {
      ...noIO,
      kindOf: (path): FileKind | undefined =>
        path in files
          ? files[path].link === undefined
            ? "regular"
            : "symlink"
          : namesIn(files, path).length > 0
            ? "directory"
            : undefined,
      readDir: path => new Map(namesIn(files, path).map(name => [name, "regular"])),
      trace: line => void asked.push(line),
      stampOf: path => behind(path).stamp,
      readLink: path => files[path].link!,
      readBytes: path => {
        read.push(path)
        return Buffer.from(behind(path).text)
      },
    }
  }

  function evaluate(files: Readonly<Record<string, FakeFile>>, text: string, storeMemory?: StoreMemory) {
    read.length = 0
    asked.length = 0
    const io = world(files)
    return new Evaluator(storeMemory === undefined ? { io } : { io, storeMemory }).evaluateText(text, "/")
  }

  /** With a memory and without one, the same comes out. @returns files that were read with it */
  function readFor(files: Readonly<Record<string, FakeFile>>, text: string): string[] {
    const alone = evaluate(files, text)
    assert.equal(evaluate(files, text, memory), alone)
    return [...read]
  }

  const copied = (path: string) => `builtins.unsafeDiscardStringContext "\${${path}}"`

  it("hashes a file once, and again when it has changed", () => {
    const before = { "/a/patch": { text: "one", stamp: "1" } }
    assert.deepEqual(readFor(before, copied("/a/patch")), ["/a/patch"])
    assert.deepEqual(readFor(before, copied("/a/patch")), [])
    assert.deepEqual(readFor({ "/a/patch": { text: "two", stamp: "2" } }, copied("/a/patch")), ["/a/patch"])
  })

  it("does not take a link for the file behind it", () => {
    const files = { "/b/patch": { text: "one", stamp: "1" }, "/c/patch": { text: "", link: "/b/patch" } }
    assert.deepEqual(readFor(files, copied("/c/patch")), [])
    assert.notEqual(evaluate(files, copied("/c/patch")), evaluate(files, copied("/b/patch")))
  })

  it("hashes what a filter leaves of a folder once, and asks the filter each time, once a file", () => {
    const files = { "/f/a": { text: "a", stamp: "6" }, "/f/b": { text: "b", stamp: "7" } }
    const without = (name: string) =>
      `"\${builtins.path { path = /f; filter = path: _: builtins.trace path (baseNameOf path != "${name}"); }}"`
    const text = (name: string) => `builtins.unsafeDiscardStringContext ${without(name)}`
    assert.deepEqual(readFor(files, text("a")), ["/f/b"])
    assert.deepEqual(asked, ["trace: /f/a", "trace: /f/b"])
    assert.deepEqual(readFor(files, text("a")), [])
    assert.deepEqual(asked, ["trace: /f/a", "trace: /f/b"])
    assert.deepEqual(readFor(files, text("b")), ["/f/a"])
  })

  it("hashes a file whose state nobody can tell each time", () => {
    const files = { "/d/patch": { text: "one" } }
    for (const _ of [1, 2]) assert.deepEqual(readFor(files, copied("/d/patch")), ["/d/patch"])
  })

  it("tells texts by name and by what they refer to", () => {
    for (const _ of [1, 2])
      for (const text of [
        'builtins.toFile "a" "x"',
        'builtins.toFile "b" "x"',
        'builtins.toFile "c" "${builtins.toFile "a" "x"}"',
        'builtins.toFile "c" (builtins.unsafeDiscardStringContext "${builtins.toFile "a" "x"}")',
      ])
        readFor({}, `builtins.unsafeDiscardStringContext (${text})`)
  })

  it("lets a file that it knows be read at its store path", () => {
    const files = { "/e/text": { text: "read me", stamp: "5" } }
    const paths = [1, 2].map(() => evaluate(files, copied("/e/text"), memory))
    assert.equal(paths[0], paths[1])
    const io = { ...world(files), readFile: (path: string) => files[path as "/e/text"].text }
    const ev = new Evaluator({ io, storeMemory: memory })
    assert.equal(ev.evaluateText('builtins.readFile "${/e/text}"', "/"), "read me")
  })
})
