// Many expressions in one evaluation, and their answers apart.
//
// They become the elements of one list, with marks between them. An element that fails is printed in its place with its
// message (`«error: ..»`) and the others go on; only an exhausted stack or time ends the whole, and then the batch is halved.
// It is halved for all evaluators, since what stands before an expression decides what is printed as repeated.

import { nameOrder, otherNames } from "./generate/names.js"

export type Ask = (listSource: string) => Promise<Outcome>

/** An evaluation that runs on and on is as good as one that fails. Long enough for a batch on a machine that does much else. */
export const timeLimit = { ms: 60_000, failure: "no end within a minute" }

/** Experimental features that are on; what needs another one is refused. */
export const features = ["nix-command", "flakes", "pipe-operators"]

/** What an evaluator prints for a list, or the message of the failure that kept it from printing. */
export type Outcome = { readonly printed: string } | { readonly failure: string }

/** For each of the files, in order, the answers of the evaluators, in order. */
export async function askAll(evaluators: readonly Ask[], files: readonly string[]): Promise<string[][]> {
  if (files.length === 0) return []
  const outcomes = await Promise.all(evaluators.map(ask => ask(listOf(files))))
  const isWhole = outcomes.every(outcome => "printed" in outcome)
  if (!isWhole && files.length > 1) {
    const half = files.length >> 1
    const first = await askAll(evaluators, files.slice(0, half))
    return [...first, ...(await askAll(evaluators, files.slice(half)))]
  }
  const answers = outcomes.map(outcome =>
    "printed" in outcome ? answersIn(outcome.printed, files.length) : [`failed: ${outcome.failure}`],
  )
  return files.map((_, i) => answers.map(ofOne => ofOne[i] ?? ""))
}

/** Has both evaluators meet the names in one order. */
const order = `with { ${[...nameOrder, ...otherNames].map(name => `${name} = 1; `).join("")}};`

function listOf(files: readonly string[]): string {
  return `${order} [\n${files.map((file, i) => `"#${i}#" (import ${file})\n`).join("")}]\n`
}

function answersIn(printed: string, count: number): string[] {
  const answers = printed
    .replace(/ \]\s*$/, "")
    .split(/ ?"#\d+#" /)
    .slice(1)
  if (answers.length !== count)
    throw new Error(`${count} answers wanted, found ${answers.length} in: ${printed}`)
  return answers
}
