// Whatever is at a path, reading it does not fail.

import assert from "node:assert/strict"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { isFile, readText } from "../../server/src/machine/text-files.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

test("a file has its text, and everything else has none", () => {
  const root = temporaryFolder("texts")
  writeFileSync(join(root, "file"), "é")
  mkdirSync(join(root, "folder"))
  symlinkSync("loop", join(root, "loop"))
  assert.deepEqual([isFile(join(root, "file")), readText(join(root, "file"))], [true, "é"])
  for (const name of ["none", "folder", "file/below", "loop", "a\0b", "long".repeat(1000)])
    assert.deepEqual([isFile(join(root, name)), readText(join(root, name))], [false, undefined], name)
})
