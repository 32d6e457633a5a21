// Random expressions, evaluated by real Nix and by Canopy:
//
//   CANOPY_NIX=NIX-INSTANTIATE npm run test:differential -- [--count N] [--seed S] [--index I] [--shown D] [--show]
//
// Makes N expressions (default 500) from seed S (default 1) and compares what both print, values and messages alike. What
// differs is made small and printed with how to see it again: `--index` makes that one alone, `--show` prints expressions
// instead of comparing them. Fails if anything differs.

import { isMainThread } from "node:worker_threads"
import { agree, isUnanswered } from "./differential/agree.js"
import { answerBatches, CanopyThread } from "./differential/ask-canopy.js"
import { nixAsker } from "./differential/ask-nix.js"
import { type Ask, askAll } from "./differential/batch.js"
import { type Expression, show } from "./differential/expression.js"
import { broken } from "./differential/generate/broken.js"
import { Generator } from "./differential/generate/generator.js"
import { Random } from "./differential/random.js"
import { shrink } from "./differential/shrink.js"
import { createWorkplace, type Workplace } from "./differential/workplace.js"

const BATCH = 250
/** So many differences are made small, unless told otherwise; more are only counted, since they are mostly the same again. */
const SHOWN = 12
/** So many of the expressions have a mistake of syntax. */
const BROKEN = 0.08

interface Case {
  readonly index: number
  readonly expression: Expression
}

interface Answers {
  readonly nix: string
  readonly canopy: string
}

/** Both evaluators, asked about sources. */
class Comparison {
  constructor(
    private readonly workplace: Workplace,
    private readonly nix: Ask,
    private readonly canopy: Ask,
  ) {}

  async ask(sources: readonly string[]): Promise<Answers[]> {
    const files = sources.map(source => this.workplace.write(source))
    const answers = await askAll([this.nix, this.canopy], files)
    this.workplace.clear()
    return answers.map(([nix = "", canopy = ""]) => ({ nix, canopy }))
  }

  async differ(sources: readonly string[]): Promise<boolean[]> {
    return (await this.ask(sources)).map(({ nix, canopy }) => !isUnanswered(nix) && !agree(nix, canopy))
  }
}

function caseOf(seed: number, index: number): Case {
  const random = new Random(seed, index)
  const fuel = 2 + random.below(random.pick([8, 20, 45]))
  const expression = new Generator(random, fuel).any()
  return { index, expression: random.chance(BROKEN) ? broken(random, show(expression)) : expression }
}

async function report(comparison: Comparison, seed: number, { index, expression }: Case): Promise<void> {
  const small = show(await shrink(expression, sources => comparison.differ(sources)))
  const [answers] = await comparison.ask([small])
  console.log(`\nseed ${seed}, index ${index}: ${small}`)
  console.log(`  Nix    ${latin(answers?.nix)}\n  Canopy ${latin(answers?.canopy)}`)
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
  const comparison = new Comparison(workplace, nixAsker(command, workplace.folder), canopy.ask)
  const shown = numberOption("--shown") ?? SHOWN
  let differing = 0
  let failing = 0
  let unanswered = 0
  try {
    for (let start = 0; start < indices.length; start += BATCH) {
      const cases = indices.slice(start, start + BATCH).map(index => caseOf(seed, index))
      const answers = await comparison.ask(cases.map(({ expression }) => show(expression)))
      for (const [i, { nix, canopy: ours }] of answers.entries()) {
        if (/^(failed|«error)/.test(latin(nix))) failing++
        if (isUnanswered(nix)) {
          unanswered++
          continue
        }
        if (agree(nix, ours)) continue
        differing++
        if (differing <= shown) await report(comparison, seed, cases[i] as Case)
      }
    }
  } finally {
    workplace.remove()
    await canopy.end()
  }
  console.log(
    `seed ${seed}: ${indices.length} expressions, ${failing} fail in Nix, ${unanswered} need a build, ${differing} differ`,
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
