// Our evaluator on a real nixpkgs, against real Nix:
//
//   CANOPY_NIXPKGS=DIR [CANOPY_NIX=NIX-INSTANTIATE] npm run test:nixpkgs -- [--packages N] [--only CHAPTERS | --file FILE] [--record]
//
// It compares the drvPath of N packages (default 200) on two systems and of packages from the corners of nixpkgs, all
// derivations of a dozen of hosts, with CANOPY_NIX_DARWIN and CANOPY_HOME_MANAGER (trees) also of a Mac and of homes, and
// nixpkgs' own tests of its library. The answers of Nix for one nixpkgs are kept in nixpkgs/answers.json (`--record` adds
// to them); for any other, and for more packages, CANOPY_NIX names the Nix to ask. Prints what differs, and fails if
// anything does. `--file FILE` asks instead for every attribute of a set of one's own: a function of `{ nixpkgs }`.

import { isMainThread, parentPort, workerData } from "node:worker_threads"
import { type Answer, agree, type Question, showAnswer } from "./nixpkgs/answer.js"
import { answerAll } from "./nixpkgs/ask-canopy.js"
import type { Chapter } from "./nixpkgs/chapter.js"
import { chapterMakers, fileChapter } from "./nixpkgs/chapters.js"
import { recordAnswers, recordedAnswers } from "./nixpkgs/recorded.js"
import { type Trees, treesOf, withoutPaths } from "./nixpkgs/trees.js"

async function chapters(trees: Trees): Promise<Chapter[]> {
  const file = option("--file")
  if (file !== undefined) return [await fileChapter(trees, file, __filename)]
  const only = option("--only")
  const makers = chapterMakers(trees, Number(option("--packages") ?? 200))
  const chosen = makers.flatMap(([group, make]) =>
    only === undefined || only === group ? make() : make().filter(({ name }) => name === only),
  )
  if (chosen.length > 0) return chosen
  throw new Error(`'--only' takes the name of a chapter, or ${makers.map(([group]) => group).join(", ")}`)
}

/** What Nix says: asked now where there is one, else what was recorded. */
function answersOfNix(chapter: Chapter, nix: string | undefined, trees: Trees): readonly Answer[] {
  const answers =
    nix === undefined ? recordedAnswers(chapter) : chapter.askNix(nix).map(answer => portable(answer, trees))
  if (answers === undefined)
    throw new Error(`no answers are recorded for '${chapter.name}' of these trees; name a Nix in CANOPY_NIX`)
  return answers
}

/** Prints how the chapter compares; returns how many answers differ. */
async function compare(chapter: Chapter, theirs: readonly Answer[], trees: Trees): Promise<number> {
  const start = performance.now()
  const ours = (await chapter.askCanopy(__filename)).map(answer => portable(answer, trees))
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  const wrong = chapter.subjects.flatMap((subject, i) => difference(subject, ours[i], theirs[i]))
  const errors = theirs.filter(answer => "error" in answer).length
  const asked = chapter.subjects.length
  console.log(
    `${chapter.name}: ${asked} asked, ${errors} errors in Nix, ${wrong.length} differ (${seconds} s)`,
  )
  for (const text of wrong) console.log(text)
  return wrong.length
}

/** Messages name files, and recorded answers must hold wherever the trees lie. */
function portable(answer: Answer, trees: Trees): Answer {
  return "text" in answer ? answer : { error: withoutPaths(answer.error, trees) }
}

function difference(subject: string, ours: Answer | undefined, theirs: Answer | undefined): string[] {
  if (ours === undefined || theirs === undefined) return [`  ${subject}: no answer`]
  if (agree(ours, theirs)) return []
  return [`  ${subject}\n    ours ${showAnswer(ours)}\n    Nix  ${showAnswer(theirs)}`]
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

async function main(): Promise<void> {
  const trees = treesOf(process.env)
  const done: { chapter: Chapter; answers: readonly Answer[] }[] = []
  let wrong = 0
  for (const chapter of await chapters(trees)) {
    const answers = answersOfNix(chapter, process.env.CANOPY_NIX, trees)
    done.push({ chapter, answers })
    wrong += await compare(chapter, answers, trees)
  }
  if (process.argv.includes("--record")) recordAnswers(done)
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
  if (wrong > 0) process.exitCode = 1
}

if (isMainThread) void main()
else parentPort?.postMessage(answerAll(workerData as readonly Question[]))
