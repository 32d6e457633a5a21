// What a program can say about the store, against Nix: table.nix holds expressions, table.json what Nix said to each.
// CANOPY_NIX=/path/to/nix UPDATE=1 asks it again and rewrites the answers; read the diff.
//
// An expression is evaluated by itself, from here to the .drv file: what is compared are names that everything below it
// has gone into.

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, EvalError, Evaluator, nameOf, textOfBytes, toJson } from "../../server/src/eval/index.js"
import { createWorld } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { messageOfNix } from "../harness/nix-message.js"
import { realNix } from "../harness/real-nix.js"

const basic = ["nix-command", "flakes"]
const features = {
  off: basic,
  on: [
    ...basic,
    "blake3-hashes",
    "ca-derivations",
    "dynamic-derivations",
    "git-hashing",
    "impure-derivations",
  ],
} as const

type Section = keyof typeof features

const file = join(__dirname, "table.nix")
const record = join(__dirname, "table.json")

type Answers = Readonly<Record<Section, Readonly<Record<string, string>>>>

describe("the store as a program sees it", () => {
  const answers = answersOfNix()
  for (const section of ["off", "on"] as const)
    describe(`with its experimental features ${section}`, () => {
      it("is asked what was recorded", () => assert.deepEqual(names(section), Object.keys(answers[section])))
      for (const [name, answer] of Object.entries(answers[section]))
        it(name, () => assert.equal(canopySays(section, name), answer))
    })
})

/** JSON, or `error: ` and the message. */
function canopySays(section: Section, name: string): string {
  const ev = evaluator(section)
  try {
    const value = ev.evaluateText(bytesOf(expression(section, name)), "/")
    return anywhere(textOfBytes(toJson(ev, value, { copyToStore: false }).text))
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return anywhere(`error: ${textOfBytes(error.message)}`)
  }
}

function nixSays(nix: string, section: Section, name: string): string {
  const args = ["eval", "--impure", "--json", "--expr", expression(section, name)]
  const { status, stdout, stderr } = spawnSync(nix, args, {
    encoding: "utf8",
    env: {
      ...process.env,
      NIX_PATH: "",
      NIX_CONFIG: `experimental-features = ${features[section].join(" ")}`,
    },
  })
  return anywhere(status === 0 ? stdout.trimEnd() : `error: ${messageOfNix(stderr)}`)
}

function answersOfNix(): Answers {
  const nix = realNix()
  if (process.env.UPDATE === "1" && nix !== undefined) {
    const ask = (section: Section) =>
      Object.fromEntries(names(section).map(name => [name, nixSays(nix, section, name)]))
    writeFileSync(record, `${JSON.stringify({ off: ask("off"), on: ask("on") }, undefined, 2)}\n`)
  }
  return JSON.parse(readFileSync(record, "utf8")) as Answers
}

function names(section: Section): string[] {
  const ev = evaluator(section)
  return Array.from(ev.attrs(ev.evaluateText(bytesOf(`(import ${file}).${section}`), "/")).shape.keys, nameOf)
}

function evaluator(section: Section): Evaluator {
  const machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
  const io = createWorld({ files: new Disk(), machine, trace: () => {} })
  return new Evaluator({ io, language: { experimentalFeatures: new Set<string>(features[section]) } })
}

function expression(section: Section, name: string): string {
  return `(import ${file}).${section}.${name}`
}

/** As it would be if the repository lay elsewhere. */
function anywhere(text: string): string {
  return text.replaceAll(__dirname, "/store-test")
}
