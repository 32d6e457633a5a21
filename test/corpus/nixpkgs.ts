// Our evaluator on a real nixpkgs, against real Nix:
//
//   CANOPY_NIXPKGS=DIR [CANOPY_NIX=NIX-INSTANTIATE] npm run test:nixpkgs -- [--packages N] [--only lib|packages|hosts] [--record]
//
// It compares the drvPath of N packages (default 200) on two systems, the systems of a few hosts, and nixpkgs' own tests of
// its library. The answers of Nix for one nixpkgs are kept in nixpkgs/answers.json (`--record` writes them); for any other,
// and for more packages, CANOPY_NIX names the Nix to ask. Prints what differs, and fails if anything does.

import { resolve } from "node:path"
import { isMainThread, parentPort, workerData } from "node:worker_threads"
import { type Answer, agree, type Question, showAnswer, withoutPath } from "./nixpkgs/answer.js"
import { answerAll, askCanopy } from "./nixpkgs/ask-canopy.js"
import { askNix } from "./nixpkgs/ask-nix.js"
import { recordAnswers, recordedAnswers } from "./nixpkgs/recorded.js"
import { samplePackages } from "./nixpkgs/sample.js"

const systems = ["x86_64-linux", "aarch64-darwin"]
const hosts = ["minimal", "desktop", "gnome", "containers", "services"]

interface Chapter {
  readonly name: string
  readonly questions: readonly Question[]
}

/** A chapter with what Nix says. */
interface Judged extends Chapter {
  readonly answers: readonly Answer[]
}

function packagesOf(nixpkgs: string, system: string, count: number): Chapter {
  const root = `import ${nixpkgs} { system = "${system}"; config = { }; overlays = [ ]; }`
  const questions = samplePackages(nixpkgs, count).map(name => ({ root, attr: `"${name}".drvPath` }))
  return { name: `${count} packages of ${system}`, questions }
}

function hostsOf(nixpkgs: string): Chapter[] {
  const root = `import ${resolve("test/corpus/nixpkgs/hosts.nix")} { nixpkgs = ${nixpkgs}; }`
  return hosts.map(name => ({
    name: `host ${name}`,
    questions: [{ root, attr: `${name}.system.build.toplevel.drvPath` }],
  }))
}

/** A list of failures, empty if all is well; each holds a function's name and values. */
function libraryOf(nixpkgs: string): Chapter {
  const root = `{ failures = builtins.toJSON (import ${nixpkgs}/lib/tests/misc.nix); }`
  return { name: "lib/tests/misc.nix", questions: [{ root, attr: "failures" }] }
}

function chapters(nixpkgs: string): Chapter[] {
  const only = option("--only")
  const count = Number(option("--packages") ?? 200)
  const all: readonly (readonly [string, () => Chapter[]])[] = [
    ["lib", () => [libraryOf(nixpkgs)]],
    ["packages", () => systems.map(system => packagesOf(nixpkgs, system, count))],
    ["hosts", () => hostsOf(nixpkgs)],
  ]
  return all.flatMap(([name, make]) => (only === undefined || only === name ? make() : []))
}

/** What Nix says: asked now where there is one, else what was recorded. */
function judged(nixpkgs: string, nix: string | undefined, chapter: Chapter): Judged {
  const answers =
    nix === undefined
      ? recordedAnswers(nixpkgs, chapter.name)
      : askNix(nix, chapter.questions).map(answer => withoutPath(answer, nixpkgs))
  if (answers === undefined)
    throw new Error(`no answers are recorded for '${chapter.name}' of this nixpkgs; name a Nix in CANOPY_NIX`)
  return { ...chapter, answers }
}

async function compare(nixpkgs: string, { name, questions, answers }: Judged): Promise<number> {
  const ours = (await askCanopy(__filename, questions)).map(answer => withoutPath(answer, nixpkgs))
  const wrong = questions.flatMap(({ attr }, i) => difference(attr, ours[i], answers[i]))
  const errors = answers.filter(answer => "error" in answer).length
  console.log(`${name}: ${questions.length} asked, ${errors} errors in Nix, ${wrong.length} differ`)
  for (const line of wrong) console.log(line)
  return wrong.length
}

function difference(attr: string, ours: Answer | undefined, theirs: Answer | undefined): string[] {
  if (ours === undefined || theirs === undefined) return [`  ${attr}: no answer`]
  if (agree(ours, theirs)) return []
  return [`  ${attr}\n    ours ${showAnswer(ours)}\n    Nix  ${showAnswer(theirs)}`]
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

async function main(): Promise<void> {
  const { CANOPY_NIXPKGS, CANOPY_NIX } = process.env
  if (CANOPY_NIXPKGS === undefined) throw new Error("wanted CANOPY_NIXPKGS=DIR, a nixpkgs")
  const nixpkgs = resolve(CANOPY_NIXPKGS)
  const done: Judged[] = []
  let wrong = 0
  for (const chapter of chapters(nixpkgs)) {
    const known = judged(nixpkgs, CANOPY_NIX, chapter)
    done.push(known)
    wrong += await compare(nixpkgs, known)
  }
  if (process.argv.includes("--record")) recordAnswers(nixpkgs, done)
  if (wrong > 0) process.exitCode = 1
}

if (isMainThread) void main()
else parentPort?.postMessage(answerAll(workerData as readonly Question[]))
