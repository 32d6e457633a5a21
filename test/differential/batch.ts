// Many expressions in one evaluation, and their answers apart.
//
// They become the elements of one list, with marks between them, in what is printed and in what is told meanwhile. An
// element that fails is printed in its place with its message (`«error: ..»`) and the others go on; only an exhausted stack
// or time ends the whole, and then the batch is halved. It is halved for all evaluators, since what stands before an
// expression decides what is printed as repeated. How an error is told, with its trace and its places, is seen only of an
// expression that is evaluated alone (`alone`).

import { nameOrder, otherNames } from "./generate/names.js"

export type Ask = (source: string) => Promise<Outcome>

/** An evaluation that runs on and on is as good as one that fails. Long enough for a batch on a machine that does much else. */
export const timeLimit = { ms: 60_000, failure: "no end within a minute" }

/** Experimental features that are on; what needs another one is refused. */
export const features = ["nix-command", "flakes", "pipe-operators"]

/** What an evaluator prints, or the message of the failure that kept it from printing. */
export type Outcome = {
  /** Traces and warnings, and the failure in full. */
  readonly told: string
} & ({ readonly printed: string } | { readonly failure: string })

/** Of one expression. */
export interface Answer {
  readonly told: string
  readonly value: string
}

/** For each of the files, in order, the answers of the evaluators, in order. */
export async function askAll(evaluators: readonly Ask[], files: readonly string[]): Promise<Answer[][]> {
  if (files.length === 0) return []
  const outcomes = await Promise.all(evaluators.map(ask => ask(listOf(files))))
  const isWhole = outcomes.every(outcome => "printed" in outcome)
  if (!isWhole && files.length > 1) {
    const half = files.length >> 1
    const first = await askAll(evaluators, files.slice(0, half))
    return [...first, ...(await askAll(evaluators, files.slice(half)))]
  }
  const answers = outcomes.map(outcome =>
    "printed" in outcome ? answersIn(outcome, files.length) : [failed(outcome.failure)],
  )
  return files.map((_, i) => answers.map(ofOne => ofOne[i] ?? failed("no answer")))
}

function failed(message: string): Answer {
  return { told: "", value: `failed: ${message}` }
}

/** Has both evaluators meet the names in one order; on lines of its own, which no error shows. */
const order = `with { ${[...nameOrder, ...otherNames].map(name => `${name} = 1; `).join("")}};\n\n`

/** The source that evaluates one file in the same company. */
export function alone(file: string): string {
  return `${order} import ${file}`
}

/** The source that evaluates one file before any other name is met than those of the file itself. */
export function withoutOrder(file: string): string {
  return `import ${file}`
}

function listOf(files: readonly string[]): string {
  return `${order} [\n${files.map((file, i) => `"#${i}#" (builtins.trace "#${i}#" (import ${file}))\n`).join("")}]\n`
}

function answersIn({ told, printed }: { told: string; printed: string }, count: number): Answer[] {
  const values = printed
    .replace(/ \]\s*$/, "")
    .split(/ ?"#\d+#" /)
    .slice(1)
  const meanwhile = told.split(/^trace: #\d+#\n/m).slice(1)
  if (values.length !== count || meanwhile.length !== count)
    throw new Error(
      `${count} answers wanted, found ${values.length} in: ${printed}\nand ${meanwhile.length} in: ${told}`,
    )
  return values.map((value, i) => ({ told: meanwhile[i] ?? "", value }))
}
