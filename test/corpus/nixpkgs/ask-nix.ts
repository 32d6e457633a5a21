// Answers of real Nix. Many questions go into one process, since most of the time is spent on what they share, yet no more
// than memory holds; a question whose error `tryEval` cannot catch ends the process, so the batch is halved until it
// stands alone.

import { spawnSync } from "node:child_process"
import { firstLineOfNix } from "../../harness/nix-message.js"
import type { Answer, Question } from "./answer.js"
import { closureInStore } from "./closure.js"

const together = 250

/**
 * What Nix answers to each question, in order.
 * @param command a `nix-instantiate`
 * @param questions all with the same root
 */
export function askNix(command: string, questions: readonly Question[]): Answer[] {
  const [first] = questions
  if (first?.closure === true) return questions.map(question => withClosure(command, question))
  const batches = Array.from({ length: Math.ceil(questions.length / together) }, (_, i) =>
    questions.slice(i * together, (i + 1) * together),
  )
  return batches.flatMap(batch => askBatch(command, batch))
}

/** Only what is in the store can be asked for what it is made of, so the derivations are written. */
function withClosure(command: string, { root, attr }: Question): Answer {
  const { status, stdout, stderr } = run(command, "--read-write-mode", `(${root}).${attr}`)
  if (status !== 0) return { error: firstLineOfNix(stderr) }
  const drvPath = JSON.parse(stdout) as string
  return { text: `${drvPath}, ${closureInStore(command, drvPath)}` }
}

function askBatch(command: string, questions: readonly Question[]): Answer[] {
  const texts = textsOf(command, questions)
  if (texts !== undefined) return questions.map((question, i) => answer(command, question, texts[i]))
  const [only] = questions
  if (questions.length === 1 && only !== undefined) return [{ error: errorOf(command, only) }]
  const half = questions.length >> 1
  return [...askBatch(command, questions.slice(0, half)), ...askBatch(command, questions.slice(half))]
}

/** A caught error comes as null; its message needs a process of its own. */
function answer(command: string, question: Question, text: string | null | undefined): Answer {
  return typeof text === "string" ? { text } : { error: errorOf(command, question) }
}

function textsOf(command: string, questions: readonly Question[]): (string | null)[] | undefined {
  const attempts = questions.map(({ attr }) => `(attempt root.${attr})`)
  const expression = `let
    root = ${questions[0]?.root};
    attempt = text: let result = builtins.tryEval text; in if result.success then result.value else null;
  in [ ${attempts.join(" ")} ]`
  const { status, stdout } = run(command, "--readonly-mode", expression)
  return status === 0 ? (JSON.parse(stdout) as (string | null)[]) : undefined
}

function errorOf(command: string, { root, attr }: Question): string {
  const { status, stdout, stderr } = run(command, "--readonly-mode", `(${root}).${attr}`)
  if (status === 0) throw new Error(`Nix refused ${attr} at first, and now says ${stdout}`)
  return firstLineOfNix(stderr)
}

function run(
  command: string,
  mode: "--readonly-mode" | "--read-write-mode",
  expression: string,
): { status: number | null; stdout: string; stderr: string } {
  const args = ["--eval", "--strict", "--json", mode, "--expr", expression]
  return spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, timeout: 900_000 })
}
