// Nix's own language tests, in our evaluator:
//
//   CANOPY_NIX_LANG=DIR npm run test:lang -- [--only NAME] [--show]
//
// DIR is tests/functional/lang of Nix's repository. Every `eval-okay` must give its expected output, every `parse-okay`
// parse, every `eval-fail` and `parse-fail` fail; and of those that fail, 95 % must end in Nix's own message. What no
// editor may do is named with its reason in nix-lang/left-out.json. Prints what differs; `--show` prints both sides.

import { resolve } from "node:path"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { type LangCase, langCases } from "./nix-lang/cases.js"
import leftOut from "./nix-lang/left-out.json"
import { type Outcome, readable, runCase } from "./nix-lang/run-case.js"

interface Result {
  readonly langCase: LangCase
  readonly outcome: Outcome
}

const reasons: Readonly<Record<string, string>> = leftOut
const WANTED_MESSAGES = 0.95
const MOST_SHOWN = 3000
const resourceLimits = { stackSizeMb: 256, maxOldGenerationSizeMb: 4000 }

function runAll(folder: string): Promise<Result[]> {
  const worker = new Worker(__filename, { workerData: folder, argv: process.argv.slice(2), resourceLimits })
  return new Promise((done, fail) => {
    worker.on("message", done)
    worker.on("error", fail)
    worker.on("exit", status => fail(new Error(`the thread ended with status ${status} and no answers`)))
  })
}

/** Whether it ends as its name says, with what it must print. */
function holds({ langCase, outcome }: Result): boolean {
  if (langCase.kind.endsWith("-fail")) return outcome.failed
  return !outcome.failed && (langCase.kind === "parse-okay" || outcome.stdout === langCase.output)
}

/** The message that ends what Nix prints: behind the last `error:`, without its place. */
function sameMessage({ langCase, outcome }: Result): boolean {
  const lines = (langCase.errors ?? "").split("\n")
  const start = lines.findLastIndex(line => line.trimStart().startsWith("error:"))
  const place = lines.findIndex((line, i) => i > start && /^ +at .*:\d+:\d+:$/.test(line))
  const message = lines.slice(start, place < 0 ? -1 : place).map(line => line.trim())
  return (
    message.join("\n") ===
    `error: ${outcome.message}`
      .split("\n")
      .map(line => line.trim())
      .join("\n")
  )
}

function sameErrors({ langCase, outcome }: Result): boolean {
  return outcome.stderr === (langCase.errors ?? "")
}

function report(title: string, results: readonly Result[], test: (result: Result) => boolean): number {
  const wrong = results.filter(result => !test(result))
  console.log(`${title}: ${results.length - wrong.length}/${results.length}`)
  for (const { langCase, outcome } of wrong) {
    console.log(`  ${langCase.name}`)
    if (!process.argv.includes("--show")) continue
    console.log(shown("Nix", langCase.output ?? "", langCase.errors ?? ""))
    console.log(shown("Canopy", outcome.stdout, outcome.stderr))
  }
  return wrong.length
}

function shown(who: string, ...texts: string[]): string {
  const text = readable(texts.join(""))
  return `--- ${who}\n${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text}`
}

async function main(): Promise<void> {
  const { CANOPY_NIX_LANG } = process.env
  if (CANOPY_NIX_LANG === undefined)
    throw new Error("wanted CANOPY_NIX_LANG=DIR, Nix's tests/functional/lang")
  const all = await runAll(resolve(CANOPY_NIX_LANG))
  const results = all.filter(({ langCase }) => reasons[langCase.name] === undefined)
  let wrong = 0
  for (const kind of ["eval-okay", "parse-okay", "eval-fail", "parse-fail"] as const)
    wrong += report(
      kind,
      results.filter(({ langCase }) => langCase.kind === kind),
      holds,
    )
  const failing = results.filter(({ langCase }) => langCase.kind.endsWith("-fail"))
  const otherMessages = report("last line of the message", failing, sameMessage)
  report("all of stderr", failing.filter(sameMessage), sameErrors)
  report(
    "all of stderr of those that succeed",
    results.filter(({ langCase }) => langCase.kind.endsWith("-okay")),
    sameErrors,
  )
  for (const [name, why] of Object.entries(reasons)) console.log(`left out: ${name}: ${why}`)
  if (wrong > 0 || otherMessages > failing.length * (1 - WANTED_MESSAGES)) process.exitCode = 1
}

function chosen(langCase: LangCase): boolean {
  const at = process.argv.indexOf("--only")
  return at < 0 || langCase.name.includes(process.argv[at + 1])
}

if (isMainThread) void main()
else {
  const cases = langCases(workerData as string).filter(chosen)
  parentPort?.postMessage(cases.map(langCase => ({ langCase, outcome: runCase(langCase) })))
}
