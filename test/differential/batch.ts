// Many expressions in one evaluation, and their answers apart.
//
// They become the elements of one list, with marks between them. An element that fails is printed in its place with its
// message (`«error: ..»`) and the others go on; only an exhausted stack ends the whole, and then the batch is halved.

import { nameOrder } from "./generate/names.js"

export type Ask = (listSource: string) => Promise<Outcome>

/** An evaluation that runs on and on is as good as one that fails; both evaluators are given the same time for a batch. */
export const timeLimit = { ms: 10_000, failure: "no end within 10 seconds" }

/** Experimental features that are on; what needs another one is refused. */
export const features = ["nix-command", "flakes", "pipe-operators"]

/** What an evaluator prints for a list, or the message of the failure that kept it from printing. */
export type Outcome = { readonly printed: string } | { readonly failure: string }

/** The answer to each of the files, in order. */
export async function askAll(ask: Ask, files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return []
  const outcome = await ask(listOf(files))
  if ("printed" in outcome) return answersIn(outcome.printed, files.length)
  if (files.length === 1) return [`failed: ${outcome.failure}`]
  const half = files.length >> 1
  return [...(await askAll(ask, files.slice(0, half))), ...(await askAll(ask, files.slice(half)))]
}

/** Has both evaluators meet the names in one order. */
const order = `with { ${nameOrder.map(name => `${name} = 1; `).join("")}};`

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
