// Random expressions, evaluated by real Nix and by Canopy:
//
//   CANOPY_NIX=NIX-INSTANTIATE npm run test:differential -- [--count N] [--seed S] [--index I] [--shown D] [--show]
//
// Makes N expressions (default 500) from seed S (default 1) and compares what both print, values and messages alike, what
// they tell meanwhile (traces, warnings), and of those that fail the whole error: the trace with its places in the source.
// What differs is made small and printed with how to see it again: `--index` makes that one alone, `--show` prints
// expressions instead of comparing them. Fails if anything differs.

import { isMainThread } from "node:worker_threads"
import { agree, isRefusedOnDisk, isUnanswered } from "./differential/agree.js"
import { answerBatches, CanopyThread } from "./differential/ask-canopy.js"
import { nixAsker } from "./differential/ask-nix.js"
import { type Answer, type Ask, alone, askAll, withoutOrder } from "./differential/batch.js"
import { type Expression, overLines, show } from "./differential/expression.js"
import { broken } from "./differential/generate/broken.js"
import { Generator } from "./differential/generate/generator.js"
import { Random } from "./differential/random.js"
import { shrink } from "./differential/shrink.js"
import { createWorkplace, type Workplace } from "./differential/workplace.js"

const BATCH = 250
/** So many differences are made small, unless told otherwise; more are only counted, since they are mostly the same again. */
const SHOWN = 12
/** So many of the expressions have several lines. */
const OVER_LINES = 0.3
/** So many of the expressions have a mistake of syntax. */
const BROKEN = 0.08

interface Case {
  readonly index: number
  readonly expression: Expression
}

/** What both say to one expression. */
interface Answers {
  readonly nix: string
  readonly canopy: string
}

interface Judged {
  readonly fails: boolean
  /** Both agree if no name was met before those of the source: of names that stand for others, ours keeps the order of the text. */
  readonly tellsOrder: boolean
}

/** Both evaluators, asked about sources. */
class Comparison {
  constructor(
    private readonly workplace: Workplace,
    private readonly nix: Ask,
    private readonly canopy: Ask,
  ) {}

  /** The answers to each source in turn, none of which need be waited for. */
  async *ask(sources: readonly string[]): AsyncIterable<Answers & Judged> {
    const files = sources.map(source => this.workplace.write(source))
    try {
      const answers = await askAll([this.nix, this.canopy], files)
      for (const [i, file] of files.entries()) {
        const [nix, canopy] = answers[i] as [Answer, Answer]
        const brief = { nix: nix.told + nix.value, canopy: canopy.told + canopy.value }
        const fails = isFailure(nix.value)
        const isJudged = fails && !isUnanswered(brief.nix) && !differ(brief)
        const told = isJudged ? await this.askAbout(alone(file)) : brief
        const tellsOrder = fails && differ(told) && !differ(await this.askAbout(withoutOrder(file)))
        yield { ...told, fails, tellsOrder }
      }
    } finally {
      this.workplace.clear()
    }
  }

  async firstDiffering(sources: readonly string[]): Promise<number | undefined> {
    let place = 0
    for await (const answers of this.ask(sources)) {
      if (differ(answers) && !answers.tellsOrder) return place
      place++
    }
    return undefined
  }

  /** How both tell the failure of a source that fails. */
  private async askAbout(source: string): Promise<Answers> {
    const [nix, canopy] = await Promise.all([this.nix(source), this.canopy(source)])
    return { nix: nix.told, canopy: canopy.told }
  }
}

function differ({ nix, canopy }: Answers): boolean {
  return !isUnanswered(nix) && !isRefusedOnDisk(nix, canopy) && !agree(nix, canopy)
}

function isFailure(value: string): boolean {
  return /^(?:failed:|«error)/.test(latin(value))
}

function caseOf(seed: number, index: number): Case {
  const random = new Random(seed, index)
  const fuel = 2 + random.below(random.pick([8, 20, 45]))
  const made = new Generator(random, fuel).any()
  const expression = random.chance(OVER_LINES) ? overLines(made) : made
  return { index, expression: random.chance(BROKEN) ? broken(random, show(expression)) : expression }
}

async function report(comparison: Comparison, seed: number, { index, expression }: Case): Promise<void> {
  const small = show(await shrink(expression, sources => comparison.firstDiffering(sources)))
  console.log(`\nseed ${seed}, index ${index}: ${small}`)
  for await (const { nix, canopy } of comparison.ask([small]))
    console.log(`  Nix    ${latin(nix)}\n  Canopy ${latin(canopy)}`)
  console.log(`  again: npm run test:differential -- --seed ${seed} --index ${index}`)
}

function latin(bytes = ""): string {
  return Buffer.from(bytes, "latin1").toString("utf8")
}

function numberOption(name: string): number | undefined {
  const at = process.argv.indexOf(name)
  if (at < 0) return undefined
  const value = Number(process.argv[at + 1])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} wants a number`)
  return value
}

async function compareAll(command: string, seed: number, indices: readonly number[]): Promise<number> {
  const workplace = createWorkplace()
  // Relative paths of both start there.
  process.chdir(workplace.folder)
  const canopy = new CanopyThread(__filename, workplace.folder)
  const comparison = new Comparison(workplace, nixAsker(command, workplace), canopy.ask)
  const shown = numberOption("--shown") ?? SHOWN
  let differing = 0
  let failing = 0
  let unanswered = 0
  let ordered = 0
  try {
    for (let start = 0; start < indices.length; start += BATCH) {
      const cases = indices.slice(start, start + BATCH).map(index => caseOf(seed, index))
      const found: Case[] = []
      let place = start
      for await (const answers of comparison.ask(cases.map(({ expression }) => show(expression)))) {
        if (answers.fails) failing++
        if (isUnanswered(answers.nix)) unanswered++
        else if (answers.tellsOrder) ordered++
        else if (differ(answers)) found.push(cases[place - start] as Case)
        place++
      }
      for (const one of found) if (++differing <= shown) await report(comparison, seed, one)
    }
  } finally {
    await canopy.end()
  }
  console.log(
    `seed ${seed}: ${indices.length} expressions, ${failing} fail in Nix, ${unanswered} need a build, ${ordered} tell the order of names, ${differing} differ`,
  )
  return differing
}

async function main(): Promise<void> {
  const seed = numberOption("--seed") ?? 1
  const only = numberOption("--index")
  const count = numberOption("--count") ?? 500
  const indices = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only]
  if (process.argv.includes("--show")) {
    for (const index of indices) console.log(show(caseOf(seed, index).expression))
    return
  }
  const { CANOPY_NIX } = process.env
  if (CANOPY_NIX === undefined) {
    console.log("0 passed, 0 failed, skipped: CANOPY_NIX names no nix-instantiate to compare with")
    return
  }
  if ((await compareAll(CANOPY_NIX, seed, indices)) > 0) process.exitCode = 1
}

if (isMainThread) void main()
else answerBatches()
