// Which parsed files are kept: all of the fleet's own, and of its inputs the last ones, however many definitions they are asked for.

import assert from "node:assert/strict"
import { test } from "mocha"
import { SourceFiles } from "../../server/src/fleet/texts/source-files.js"
import { MemoryFiles } from "../harness/memory-files.js"

test("files of the fleet are parsed once, those of inputs again when many others were looked at since", () => {
  const files = new MemoryFiles("/all")
  const sources = new SourceFiles(files, "/all/fleet")
  const text = `{ a = "${"b".repeat(600_000)}"; }`
  const paths = ["one", "two", "three", "four"].map(name => `/all/input/${name}.nix`)
  for (const path of [...paths, "/all/fleet/own.nix"]) files.write(path, text)
  const own = sources.get("/all/fleet/own.nix")
  const [one, two] = paths.slice(0, 3).map(path => sources.get(path))
  sources.get(paths[0])
  sources.get(paths[3])
  assert.equal(sources.get(paths[0]), one, "wanted again, so it stayed")
  assert.notEqual(sources.get(paths[1]), two, "parsed again")
  assert.deepEqual(sources.get(paths[1]), two)
  assert.equal(sources.get("/all/fleet/own.nix"), own)
  files.write(paths[0], "{ }")
  assert.equal(sources.get(paths[0])?.text, "{ }")
})
