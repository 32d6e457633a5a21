// Lock files that are broken, and inputs that follow others in them.

import assert from "node:assert/strict"
import { readLockFile } from "../../../server/src/fleet/flake/lock-file.js"
import {
  filesOf,
  fleetOfOne,
  lockOf,
  lockText,
  node,
  open,
  shown,
  value,
} from "../../harness/flake-fixture.js"

describe("a lock file", () => {
  const broken: readonly (readonly [string, string, string])[] = [
    [
      "is no JSON",
      '{\n  "nodes": {\n<<<<<<< HEAD\n',
      "3:1-2 error: lock file '/w/main/flake.lock' is not JSON",
    ],
    [
      "has a value that is none",
      '{\n  "version": 7,\n  "root": root,\n  "nodes": { "root": { } }\n}\n',
      "3:11-12 error: lock file '/w/main/flake.lock' is not JSON: Unexpected token 'r'",
    ],
    ["has no version", '{ "nodes": {}, "root": "root" }', "has unsupported version 0, expected 5, 6 or 7"],
    [
      "names a node that is not there",
      lockText({ root: { inputs: { a: "b" } } }),
      "is broken: input 'a' of node 'root' is node 'b', which does not exist",
    ],
    [
      "has nodes inside each other",
      lockText({
        root: { inputs: { a: "a" } },
        a: { ...node({ type: "path", path: "/x" }), inputs: { b: "b" } },
        b: { ...node({ type: "path", path: "/x" }), inputs: { a: "a" } },
      }),
      "is broken: nodes contain each other: a -> b -> a",
    ],
    [
      "lacks what it is about",
      lockText({ root: { inputs: { a: "a" } }, a: {} }),
      "is broken: node 'a' lacks 'locked'",
    ],
    [
      "has a hash that is none",
      lockText({
        root: { inputs: { a: "a" } },
        a: node({ type: "path", path: "/x" }, { type: "path", path: "/x", narHash: "sha256-abc" }),
      }),
      "is broken: 'locked' of node 'a': invalid SRI hash",
    ],
    [
      "has a reference of a type that does not exist",
      lockText({ root: { inputs: { a: "a" } }, a: node({ type: "path", path: "/x" }, { type: "tape" }) }),
      "is broken: 'locked' of node 'a' has the unknown type 'tape'",
    ],
    [
      "has a reference with what its type does not have",
      lockText({ root: { inputs: { a: "a" } }, a: node({ type: "path", path: "/x", owner: "o" }) }),
      "is broken: 'locked' of node 'a': input attribute 'owner' not supported by scheme 'path'",
    ],
    [
      "has a revision that is none",
      lockText({
        root: { inputs: { a: "a" } },
        a: node(
          { type: "github", owner: "o", repo: "r" },
          { type: "github", owner: "o", repo: "r", rev: "zz" },
        ),
      }),
      "is broken: 'locked' of node 'a': hash 'zz' has wrong length for hash algorithm 'sha1'",
    ],
    [
      "is of another version",
      '{ "nodes": {}, "root": "root", "version": 8 }',
      "has unsupported version 8, expected 5, 6 or 7",
    ],
    [
      "has a negative number",
      lockText({
        root: { inputs: { a: "a" } },
        a: node({ type: "path", path: "/x" }, { type: "path", path: "/x", lastModified: -5 }),
      }),
      "is broken: 'locked.lastModified' of node 'a' is negative",
    ],
    ["has no root", '{ "nodes": {}, "root": "root", "version": 7 }', "lacks the root node 'root'"],
  ]
  for (const [title, text, wrong] of broken)
    it(`that ${title} is one error, and there is no value without it`, () => {
      const files = filesOf(fleetOfOne)
      files.setText("/w/main/flake.lock", text)
      const flake = open(files)
      assert.equal(shown(flake).length, 1)
      assert.ok(shown(flake)[0].includes(wrong), shown(flake)[0])
      assert.ok(shown(flake)[0].startsWith("/w/main/flake.lock:"))
      assert.match(value(flake, "ok"), /^error: lock file '\/w\/main\/flake.lock'/)
    })
})

it("a lock file that is no UTF-8 is broken, as for Nix", () =>
  assert.throws(() => readLockFile("/flake.lock", '{ "nodes": {}, "root": "\xfc", "version": 7 }'), {
    message: "lock file '/flake.lock' is not JSON: it is not UTF-8",
    range: { start: 24, end: 25 },
  }))

it("a locked path that leads out of its flake to nothing is a missing input", () => {
  const out = node({ type: "path", path: "/w/here" }, { type: "path", path: "../../../nowhere" })
  const flake = open(`
#- /main/flake.nix
{ inputs.here.url = "path:/w/here"; outputs = { self, here }: { ok = 1; answer = here.answer; }; }
${lockOf({ root: { inputs: { here: "here" } }, here: out })}`)
  const why = "input 'here' is missing: path '/nowhere' does not exist"
  assert.deepEqual(shown(flake), [`/w/main/flake.nix:1:10-14 error: ${why}`])
  assert.equal(value(flake, "answer"), `error: ${why}`)
  assert.equal(value(flake, "ok"), "1")
})

it("a lock file may begin with a byte order mark", () => {
  const told = (mark: string) => {
    const files = filesOf(fleetOfOne)
    files.setText("/w/main/flake.lock", `${mark}${lockText({ root: {} })}`)
    return shown(open(files))
  }
  assert.deepEqual(told("\uFEFF"), told(""))
})

describe("what inputs follow", () => {
  const following = (inputs: string) =>
    open(`
#- /main/flake.nix
{ inputs = { ${inputs} }; outputs = { self, ... }: { ok = 1; }; }
#- /lib/flake.nix
{ inputs.x.url = "path:/w/leaf"; outputs = { self, x }: { answer = x.answer or "self"; }; }
#- /leaf/flake.nix
{ outputs = _: { answer = "leaf"; }; }
`)

  it("may not go in circles, and a circle is told once", () => {
    const flake = following('a.follows = "b"; b.follows = "a";')
    assert.deepEqual(shown(flake), ["/w/main/flake.nix:1:14-15 error: follow cycle detected: [b -> a -> b]"])
    assert.equal(value(flake, "ok"), "1")
    assert.equal(value(flake, "inputs.a"), "error: input 'a' follows a non-existent input 'b'")
  })

  it("may not go in circles, of which nothing is said about the lock file that cannot be written", () => {
    const flake = open(`
#- /main/flake.nix
{ inputs = { a.follows = "b"; b.follows = "a"; }; outputs = { self, ... }: { }; }
#- /main/flake.lock
${lockText({ root: {} })}
`)
    assert.deepEqual(shown(flake), ["/w/main/flake.nix:1:14-15 error: follow cycle detected: [b -> a -> b]"])
  })

  it("must be there", () =>
    assert.deepEqual(
      shown(following('a.follows = "b/c"; lib.url = "path:/w/lib"; lib.inputs.y.follows = "lib";')),
      [
        "/w/main/flake.nix:1:14-15 error: input 'a' follows a non-existent input 'b/c'",
        "/w/main/flake.nix:1:69-70 warning: input 'lib' has an override for a non-existent input 'y'",
      ],
    ))

  it("of an input must be there, and is marked where that is written", () =>
    assert.deepEqual(shown(following('lib = {\n  url = "path:/w/lib";\n  inputs.x.follows = "c";\n};')), [
      "/w/main/flake.nix:3:10-11 error: input 'lib/x' follows a non-existent input 'c'",
    ]))

  it("may be the flake itself, or an input of an input", () => {
    assert.equal(
      value(following('lib.url = "path:/w/lib"; lib.inputs.x.follows = "";'), "inputs.lib.answer"),
      '"self"',
    )
    assert.equal(
      value(following('lib.url = "path:/w/lib"; l.follows = "lib/x";'), "inputs.l.answer"),
      '"leaf"',
    )
  })
})
