// Answers of real Nix. Many questions go into one process, since most of the time is spent on what they share, yet no more
// than memory holds. They are the elements of one list, which `nix eval` prints with the message of what fails in its place
// and goes on; only an exhausted stack ends the whole, and then the batch is halved until that question stands alone.

import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { messageOfNix } from "../../harness/nix-message.js"
import type { Answer, Question } from "./answer.js"
import { closureInStore } from "./closure.js"

const together = 250

type Mode = "read-only" | "read-write"

/**
 * What Nix answers to each question, in order.
 * @param command a program of Nix, beside which the others lie
 * @param questions all with the same root
 */
export function askNix(command: string, questions: readonly Question[]): Answer[] {
  const [first] = questions
  if (first?.closure === true) return questions.map(question => withClosure(command, question))
  const batches = Array.from({ length: Math.ceil(questions.length / together) }, (_, i) =>
    questions.slice(i * together, (i + 1) * together),
  )
  return batches.flatMap(batch => askBatch(command, batch, "read-only"))
}

/** Only what is in the store can be asked for what it is made of, so the derivations are written. */
function withClosure(command: string, question: Question): Answer {
  const [answer] = askBatch(command, [question], "read-write")
  if (answer === undefined || "error" in answer) return answer ?? { error: "no answer" }
  return { text: `${answer.text}, ${closureInStore(command, answer.text)}` }
}

function askBatch(command: string, questions: readonly Question[], mode: Mode): Answer[] {
  const { status, stdout, stderr } = evaluate(command, listOf(questions), mode)
  if (status === 0) return answersIn(stdout, questions.length)
  if (questions.length === 1) return [{ error: messageOfNix(stderr) }]
  const half = questions.length >> 1
  const [first, second] = [questions.slice(0, half), questions.slice(half)]
  return [...askBatch(command, first, mode), ...askBatch(command, second, mode)]
}

/** What is printed can hold anything, but hardly a number between these signs. */
function listOf(questions: readonly Question[]): string {
  const elements = questions.map(({ attr }, i) => `"⟨${i}⟩" root.${attr}`)
  return `let root = ${questions[0]?.root}; in [ ${elements.join(" ")} ]`
}

function answersIn(printed: string, count: number): Answer[] {
  const texts = printed
    .replace(/ \]\n$/, "")
    .split(/ ?"⟨\d+⟩" /)
    .slice(1)
  if (texts.length !== count) throw new Error(`wanted ${count} answers, and Nix printed ${printed}`)
  return texts.map(answerOf)
}

function answerOf(printed: string): Answer {
  const error = /^«error: (.*)»$/s.exec(printed)
  return error?.[1] === undefined ? { text: unquoted(printed) } : { error: error[1].trimEnd() }
}

/** A string as Nix prints it is one of JSON, but for the dollar of what would be an interpolation. */
function unquoted(printed: string): string {
  if (!printed.startsWith('"')) throw new Error(`wanted a string, and Nix printed ${printed}`)
  return JSON.parse(printed.replace(/\\(.)/g, (pair, char) => (char === "$" ? "$" : pair))) as string
}

function evaluate(
  command: string,
  expression: string,
  mode: Mode,
): { status: number | null; stdout: string; stderr: string } {
  const features = ["--extra-experimental-features", "nix-command"]
  const modes = mode === "read-only" ? ["--read-only"] : []
  const args = [...features, "eval", "--impure", "--offline", ...modes, "--expr", expression]
  const limits = { maxBuffer: 1 << 28, timeout: 900_000 }
  return spawnSync(join(dirname(command), "nix"), args, { encoding: "utf8", ...limits })
}
