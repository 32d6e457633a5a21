// What the disk remembers of a path goes with whatever changes around it.

import assert from "node:assert/strict"
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { Disk } from "../../server/src/machine/disk.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

test("a folder that goes takes what is below it along, also after something there had changed", () => {
  const root = temporaryFolder("disk")
  const folder = join(root, "a")
  const file = join(folder, "b/c")
  mkdirSync(join(folder, "b"), { recursive: true })
  writeFileSync(file, "1")
  const disk = new Disk()
  assert.equal(disk.kindOf(folder), "directory")
  assert.equal(disk.readFile(file), "1")
  assert.equal(disk.kindOf(file), "regular")
  // Forgets the folders around it as well.
  disk.forget(join(folder, "b/d"))
  renameSync(folder, join(root, "z"))
  disk.forget(folder)
  assert.equal(disk.kindOf(file), undefined)
  assert.throws(() => disk.readFile(file), /does not exist/)
})

test("a file without a size is empty, whatever reading it would give", function () {
  if (!existsSync("/proc/version")) this.skip()
  assert.equal(new Disk().readFile("/proc/version"), "")
})
