// Builtins below symbolic links: what is missing is named where the links lead, as in Nix 2.34.8, but for `readFileType`,
// which refuses to look below one.

import assert from "node:assert/strict"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, EvalError, Evaluator, printValue } from "../../server/src/eval/index.js"
import { createWorld } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

describe("below a symbolic link", () => {
  const folder = temporaryFolder("links")
  before(() => {
    mkdirSync(join(folder, "real"))
    writeFileSync(join(folder, "real/x"), "1")
    symlinkSync("real", join(folder, "link"))
    symlinkSync("nowhere", join(folder, "dangling"))
    symlinkSync("loop", join(folder, "loop"))
  })

  const answers: readonly (readonly [expression: string, answer: string])[] = [
    ["builtins.readFile ./link/x", '"1"'],
    ["builtins.readFile ./dangling/x", "path '/nowhere/x' does not exist"],
    ["builtins.readDir ./dangling/x", "path '/nowhere/x' does not exist"],
    ["import ./link/y", "path '/real/y' does not exist"],
    ['"${./dangling/x}"', "path '/nowhere/x' does not exist"],
    ["builtins.readFileType ./link", '"symlink"'],
    ["builtins.readFileType ./link/x", "path '/link' is a symlink"],
    ['builtins.findFile [ { path = ./.; } ] "link/x"', "/real/x"],
    ["import ./loop", "too many symbolic links encountered while traversing the path '/loop'"],
    ["builtins.readFile ./loop/x", "infinite symlink recursion in path '/loop/x'"],
  ]
  for (const [expression, answer] of answers)
    it(`${expression} gives ${answer}`, () => assert.equal(evaluated(expression), answer))

  function evaluated(expression: string): string {
    const machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
    const ev = new Evaluator({ io: createWorld({ files: new Disk(), machine, trace: () => {} }) })
    try {
      const value = ev.evaluateText(bytesOf(expression), folder)
      return printValue(ev, value, { force: true }).replaceAll(folder, "")
    } catch (error) {
      if (error instanceof EvalError) return error.message.replaceAll(folder, "")
      throw error
    }
  }
})
