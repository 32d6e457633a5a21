// Whole traces, as `nix eval --show-trace` writes them: which argument of a builtin was wrong or failed, what called what from
// where. traces.txt holds one expression after the other (`# EXPRESSION`), each with the answer of Nix 2.34.8 below it, without
// the lines of source that it shows. CANOPY_NIX=/path/to/nix UPDATE=1 asks Nix again; read the diff.

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, EvalError, Evaluator, errorText, textOfBytes } from "../../server/src/eval/index.js"
import { createWorld } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const file = join(__dirname, "traces.txt")
const folder = temporaryFolder("traces")
const features = ["nix-command", "flakes", "pipe-operators"]
const nix = process.env.UPDATE === "1" ? realNix() : undefined

interface Case {
  readonly expression: string
  readonly answer: string
}

function casesIn(text: string): Case[] {
  return text
    .trim()
    .split(/\n\n(?=# )/)
    .map(block => {
      const [first, ...rest] = block.split("\n")
      return { expression: first.slice("# ".length), answer: rest.join("\n") }
    })
}

/** Without source, empty lines and the folder. */
function plain(stderr: string): string {
  return stderr
    .split("\n")
    .filter(line => line.trim() !== "" && !/^ *\d*\|/.test(line))
    .map(line => line.trim().replaceAll(folder, "/folder"))
    .join("\n")
}

function nixSays(program: string, expression: string): string {
  const args = ["--extra-experimental-features", features.join(" "), "eval", "--show-trace", "--impure"]
  const { status, stderr } = spawnSync(program, [...args, "--offline", "--expr", expression], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NIX_PATH: "" },
  })
  return status === 0 ? "no error" : plain(stderr)
}

function canopySays(expression: string): string {
  const machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
  const io = createWorld({ files: new Disk(), machine, trace: () => {} })
  const evaluator = new Evaluator({ io, language: { experimentalFeatures: new Set(features) } })
  try {
    evaluator.evaluateText(bytesOf(expression), bytesOf(folder))
    return "no error"
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return plain(textOfBytes(errorText(error, { trace: true })))
  }
}

const cases = casesIn(readFileSync(file, "utf8"))

describe("a trace reads as Nix's of", () => {
  if (nix !== undefined)
    writeFileSync(
      file,
      cases.map(({ expression }) => `# ${expression}\n${nixSays(nix, expression)}\n`).join("\n"),
    )

  for (const { expression, answer } of nix === undefined ? cases : casesIn(readFileSync(file, "utf8")))
    it(expression, () => assert.equal(canopySays(expression), answer))
})
