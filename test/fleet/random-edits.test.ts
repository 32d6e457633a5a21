// Never stale: after any edits, a fleet that lived through them says what one says that was opened just now.
//
// Edits are random, and repeat with their number: CANOPY_EDITS=COUNT makes so many sequences of them (default 6), the first
// of which is CANOPY_EDITS_FROM=NUMBER.

import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { after, test } from "mocha"
import { connectFleet, type FleetPort } from "../../server/src/fleet/index.js"
import { threadsOf } from "../../server/src/machine/thread.js"
import { Random } from "../differential/random.js"
import { Workplace } from "./random-edits/workplace.js"
import "../harness/own-cache.js"

type Asked = Parameters<FleetPort["ask"]>[0]

const SEED = 1
const count = Number(process.env.CANOPY_EDITS ?? 6)
const from = Number(process.env.CANOPY_EDITS_FROM ?? 0)

function open(root: string): FleetPort {
  const worker = join(__dirname, "../../dist/worker.js")
  assert.ok(existsSync(worker), "dist/worker.js is missing: npm run build")
  return connectFleet({ root, offline: true, overrideInputs: {} }, threadsOf(worker))
}

describe("a fleet after many edits", function () {
  this.timeout(120_000)
  const place = new Workplace(open)
  after(() => place.fleet.dispose())

  for (let index = from; index < from + count; index++)
    test(`says what one says that was opened after them (${index})`, async () => {
      const random = new Random(SEED, index)
      const log: string[] = []
      place.revert()
      for (let round = random.below(3); round >= 0; round--) {
        for (let edits = random.below(4); edits >= 0; edits--) {
          log.push(place.act(random))
          if (random.chance(0.3)) await place.fleet.ask({ kind: "outline" })
        }
        const questions = random.shuffled(questionsAbout(random, place))
        const said = await askAll(place.fleet, questions)
        assert.deepEqual(said, await askAfresh(place, questions), log.join("\n"))
      }
    })
})

/** What a fleet says that is opened now, and knows of unsaved texts alone. */
async function askAfresh(place: Workplace, questions: readonly Asked[]): Promise<unknown[]> {
  const fleet = open(place.root)
  try {
    for (const [path, text] of place.unsaved) fleet.setFile(path, text)
    return await askAll(fleet, questions)
  } finally {
    await fleet.dispose()
  }
}

function askAll(fleet: FleetPort, questions: readonly Asked[]): Promise<unknown[]> {
  return Promise.all(questions.map(question => ask(fleet, question)))
}

/** The answer without names of sources, since one that is being edited keeps the name that it had; or the failure. */
async function ask(fleet: FleetPort, question: Asked): Promise<unknown> {
  const answer = await fleet.ask(question).catch((error: Error) => `fails: ${error.message}`)
  const text = JSON.stringify(answer ?? null, withoutWays)
  return JSON.parse(text.replace(/\/nix\/store\/[0-9a-z]{32}-/g, "/nix/store/"))
}

/** By which way evaluation came to an error depends on what was asked first. */
function withoutWays(key: string, value: unknown): unknown {
  return key === "related" ? undefined : value
}

function questionsAbout(random: Random, place: Workplace): Asked[] {
  const files = place.files()
  const options = files.flatMap(path => readFileSync(path, "utf8").match(OPTION) ?? [])
  return [
    { kind: "load" },
    { kind: "check" },
    { kind: "aspects" },
    { kind: "packages" },
    { kind: "vars" },
    { kind: "why", path: random.pick(files) },
    { kind: "definedIn", files: [relative(place.root, random.pick(files))] },
    ...random.some(1, 5, () => ({ kind: "option" as const, path: random.pick(options) })),
  ]
}

const OPTION = /\b(?:services|networking|programs|environment|fleet|system|home|users|boot)(?:\.[A-Za-z]+)+/g
