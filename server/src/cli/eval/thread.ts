// `canopy eval` in its thread, where the stack is large: evaluates, prints, and returns the exit status.
//
// Text of a program is bytes, and leaves as the bytes it is.

import { resolve } from "node:path"
import { isatty } from "node:tty"
import { Cancelled } from "../../base/index.js"
import {
  type AutoArguments,
  bytesOf,
  coerce,
  EvalError,
  type Evaluator,
  errorText,
  forceDeep,
  intern,
  type Lazy,
  printValue,
  rehearse,
  type Selected,
  terminalText,
  toJson,
  type Value,
  withinLimits,
} from "../../eval/index.js"
import { openKeptCode } from "../../machine/kept-code.js"
import { exit } from "../command.js"
import { writeAll } from "../terminal.js"
import { indentedJson } from "./indented-json.js"
import type { EvalRequest, Outcome, ThreadTask } from "./request.js"
import { openSource, STRING } from "./source.js"
import { evalStats, PhaseClock } from "./stats.js"
import { writeValue } from "./write-value.js"

/** Does what the thread was started for; returns the exit status. */
export async function runTask(task: ThreadTask, post: (outcome: Outcome) => void): Promise<number> {
  if (task.kind === "print") return evaluateRequest(task.request)
  const { measure } = await import("../bench/thread.js")
  post({ text: JSON.stringify(measure(task.what, task.nixpkgs, task.runs)) })
  return exit.done
}

/** Evaluates what was asked for and prints it. Returns the exit status; throws only for defects. */
function evaluateRequest(request: EvalRequest): number {
  const clock = new PhaseClock()
  const kept = openKeptCode(__filename)
  rehearse()
  const source = openSource(request, writeLog, kept)
  const ev = source.evaluator
  clock.end("open")
  try {
    writeBytes(
      1,
      withinLimits(() => answer(ev, source.select(autoArguments(ev, request)), request, clock)),
    )
    clock.end("print")
    return exit.done
  } catch (error) {
    if (!(error instanceof EvalError) && !(error instanceof Cancelled)) throw error
    writeLog(error instanceof EvalError ? errorText(error, request) : "error: interrupted")
    return error instanceof EvalError && error.code === "hash-mismatch" ? exit.hashMismatch : exit.failed
  } finally {
    kept.save()
    if (request.stats) writeBytes(2, evalStats(ev.counters, clock))
  }
}

function answer(ev: Evaluator, selected: Selected, request: EvalRequest, clock: PhaseClock): string {
  const { span } = selected
  const value =
    request.apply === undefined
      ? selected.value
      : ev.call(ev.evaluateText(bytesOf(request.apply), bytesOf(request.folder), STRING), selected.value)
  if (request.strict) forceDeep(ev, value)
  clock.end("evaluate")
  if (request.writeTo === undefined) return rendered(ev, { value, span }, request)
  const path = { path: resolve(request.folder, request.writeTo), written: bytesOf(request.writeTo) }
  writeValue(ev, { value, span }, path)
  return ""
}

function autoArguments(ev: Evaluator, request: EvalRequest): AutoArguments {
  const entries = request.args.map(({ name, kind, text }): [number, Lazy] => [
    intern(bytesOf(name)),
    kind === "string" ? bytesOf(text) : ev.delayText(bytesOf(text), bytesOf(request.folder), STRING),
  ])
  return new Map(entries)
}

function rendered(ev: Evaluator, selected: Selected, { output, pretty = false }: EvalRequest): string {
  switch (output) {
    case "nix":
      return `${printValue(ev, selected.value, { force: true })}\n`
    case "json":
      return `${jsonOf(ev, selected, pretty)}\n`
    case "raw":
      return rawText(ev, selected.value)
  }
}

function jsonOf(ev: Evaluator, { value, span }: Selected, pretty: boolean): string {
  const { text, fault } = toJson(ev, value, { copyToStore: false, span })
  if (fault !== undefined) throw new EvalError("invalid-value", fault)
  return pretty ? indentedJson(text) : text
}

function rawText(ev: Evaluator, value: Value): string {
  return coerce(ev, value, { copyToStore: true, why: "while generating the eval command output" }, 0).text
}

/** Nix takes colours out of what nobody sees in colour. */
function writeLog(text: string): void {
  const { TERM, NO_COLOR, NOCOLOR } = process.env
  const colours = isatty(2) && (TERM ?? "dumb") !== "dumb" && NO_COLOR === undefined && NOCOLOR === undefined
  writeBytes(2, `${terminalText(text, { colours })}\n`)
}

function writeBytes(fd: number, bytes: string): void {
  writeAll(fd, Buffer.from(bytes, "latin1"))
}
