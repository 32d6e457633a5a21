// A flake while somebody types in it, and the way between the paths that evaluation sees and those on the disk.

import assert from "node:assert/strict"
import { CodeCache } from "../../../server/src/eval/index.js"
import { newFlakeCaches, type OpenFlake, type OpenSettings } from "../../../server/src/fleet/index.js"
import { filesOf, fleetOfOne, open, value } from "../../harness/flake-fixture.js"

describe("unsaved text", () => {
  it("counts instead of the file, and gives the source another name", () => {
    const files = filesOf(fleetOfOne)
    const before = open(files)
    assert.equal(value(before, "ok"), "1")
    const name = value(before, "inputs.here.outPath")
    files.setText("/w/here/flake.nix", '{ outputs = _: { one = "ü"; }; }')
    const after = open(files)
    assert.equal(value(after, "ok"), '"\u00c3\u00bc"')
    assert.notEqual(name, value(after, "inputs.here.outPath"))
    files.setText("/w/here/flake.nix", undefined)
    assert.equal(value(open(files), "inputs.here.outPath"), name)
  })

  it("leaves the code of all other files as it is when names are kept", () => {
    const files = filesOf(fleetOfOne)
    const settings: OpenSettings = { caches: newFlakeCaches(), code: new CodeCache(), keepNames: true }
    const parsed = (flake: OpenFlake): [string, number] => [
      value(flake, "ok"),
      flake.evaluator.counters.filesParsed,
    ]
    assert.deepEqual(parsed(open(files, {}, settings)), ["1", 2])
    assert.deepEqual(parsed(open(files, {}, settings)), ["1", 0])
    files.setText("/w/here/flake.nix", "{ outputs = _: { one = 2; }; }")
    assert.deepEqual(parsed(open(files, {}, settings)), ["2", 1])
  })

  it("is found by the path that evaluation calls it, and back", () => {
    const { mounts, sourceRoot, root } = open(fleetOfOne)
    const seen = mounts.seenPath("/w/main/flake.nix") ?? ""
    assert.match(seen, /^\/nix\/store\/[0-9a-z]{32}-source\/flake\.nix$/)
    assert.equal(mounts.realPath(seen), "/w/main/flake.nix")
    assert.equal(mounts.seenPath("/elsewhere"), undefined)
    assert.deepEqual([root, sourceRoot], ["/w/main", "/w/main"])
  })
})
