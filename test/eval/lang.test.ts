// The language, one small file a rule: test/eval/lang/*.nix, and beside each what it evaluates to (`eval-okay-*`) or how it
// fails (`eval-fail-*`). Expectations come from real Nix: CANOPY_NIX=/path/to/nix UPDATE=1 rewrites them from it, and
// UPDATE=1 alone from Canopy, for those who have no Nix; read the diff.
//
// Values are compared as `nix eval` prints them; errors by their message, without places and traces, which test/cli holds.

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, EvalError, Evaluator, printValue, textOfBytes } from "../../server/src/eval/index.js"
import { createWorld } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { messageOfNix } from "../harness/nix-message.js"
import { realNix } from "../harness/real-nix.js"

const folder = join(__dirname, "lang")
const nix = realNix()
const update = process.env.UPDATE === "1"

/** What the language refuses before it evaluates; the wording is the parser's own business. */
const refusals = /^(syntax error|attribute '.*' already defined|duplicate formal|invalid integer)/

const cases = readdirSync(folder)
  .filter(name => name.endsWith(".nix"))
  .map(name => name.slice(0, -".nix".length))

describe("the language", () => {
  for (const name of cases)
    it(name.replace(/^eval-/, "").replaceAll("-", " "), () => {
      const actual = canopySays(name)
      const golden = join(folder, `${name}.exp`)
      if (update) writeFileSync(golden, nix === undefined ? actual : nixSays(name, nix))
      assert.equal(actual, existsSync(golden) ? readFileSync(golden, "utf8") : "")
      assert.equal(actual.startsWith("error: "), name.startsWith("eval-fail-"))
    })
})

/** The printed value, or `error: ` and the message. The folder reads `/lang`, wherever the repository is. */
function canopySays(name: string): string {
  const machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
  const ev = new Evaluator({ io: createWorld({ files: new Disk(), machine, trace: () => {} }) })
  try {
    const value = ev.import(bytesOf(join(folder, `${name}.nix`)))
    return anywhere(textOfBytes(printValue(ev, value, { force: true })))
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return failure(error.code === "syntax" ? "syntax error" : textOfBytes(error.message))
  }
}

function nixSays(name: string, program: string): string {
  const args = [
    "--extra-experimental-features",
    "nix-command pipe-operators",
    "eval",
    "--file",
    `${name}.nix`,
  ]
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NIX_PATH: "" },
  })
  return status === 0 ? anywhere(stdout.replace(/\n$/, "")) : failure(messageOfNix(stderr))
}

function failure(message: string): string {
  return anywhere(`error: ${refusals.test(message) ? "syntax error" : message}`)
}

function anywhere(text: string): string {
  return `${text.replaceAll(folder, "/lang")}\n`
}
