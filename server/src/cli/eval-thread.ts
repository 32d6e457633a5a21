// `canopy eval` in its thread, where the stack is large: evaluates, prints, and returns the exit status.
//
// Text of a program is bytes, and leaves as the bytes it is; only what is meant for people is decoded.

import { readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { Cancelled } from "../base/index.js"
import {
  type AutoArguments,
  bytesOf,
  coerce,
  EvalError,
  Evaluator,
  errorText,
  intern,
  type Lazy,
  printValue,
  selectAt,
  toJson,
  type Value,
  withinLimits,
} from "../eval/index.js"
import { exit } from "./command.js"
import type { EvalRequest } from "./eval-request.js"
import { evalStats, PhaseClock } from "./eval-stats.js"
import { evalWorld } from "./eval-world.js"
import { writeAll } from "./terminal.js"

const STRING = bytesOf("«string»")
const STDIN = bytesOf("«stdin»")

/** Evaluates what was asked for and prints it. Returns the exit status; throws only for defects. */
export function evaluateRequest(request: EvalRequest): number {
  const clock = new PhaseClock()
  const ev = new Evaluator({ io: evalWorld({ ...request, trace: line => writeBytes(2, `${line}\n`) }) })
  try {
    const text = withinLimits(() => answer(ev, request, clock))
    writeBytes(1, text)
    clock.end("print")
    return exit.done
  } catch (error) {
    if (!(error instanceof EvalError) && !(error instanceof Cancelled)) throw error
    writeBytes(2, `${error instanceof EvalError ? errorText(error, request) : "error: interrupted"}\n`)
    return exit.failed
  } finally {
    if (request.stats) writeBytes(2, evalStats(ev.counters, clock))
  }
}

function answer(ev: Evaluator, request: EvalRequest, clock: PhaseClock): string {
  const root = open(ev, request)
  const selected = selectAt(ev, root, bytesOf(request.attr), autoArguments(ev, request))
  const value = request.apply === undefined ? selected : applied(ev, request.apply, selected, request.folder)
  if (request.strict) ev.call(deepSeq(ev), value, null)
  clock.end("evaluate")
  return rendered(ev, value, request.output)
}

/** The value that the selection starts from. */
function open(ev: Evaluator, { source, folder }: EvalRequest): Value {
  switch (source.kind) {
    case "expression":
      return ev.evaluateText(bytesOf(source.text), bytesOf(folder), STRING)
    case "file":
      if (source.path === "-") return ev.evaluateText(readFileSync(0, "latin1"), bytesOf(folder), STDIN)
      return importFile(ev, resolve(folder, source.path))
    case "flake":
      throw new EvalError("unsupported", `cannot open the flake '${bytesOf(source.reference)}'`)
  }
}

function importFile(ev: Evaluator, path: string): Value {
  const seen = bytesOf(path)
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new EvalError("file-not-found", `path '${seen}' does not exist`)
  return ev.import(seen)
}

function autoArguments(ev: Evaluator, { args, folder }: EvalRequest): AutoArguments {
  const entries = args.map(({ name, kind, text }): [number, Lazy] => [
    intern(bytesOf(name)),
    kind === "string" ? bytesOf(text) : ev.evaluateText(bytesOf(text), bytesOf(folder), STRING),
  ])
  return new Map(entries)
}

function applied(ev: Evaluator, text: string, value: Value, folder: string): Value {
  return ev.call(ev.evaluateText(bytesOf(text), bytesOf(folder), STRING), value)
}

function deepSeq(ev: Evaluator): Value {
  return ev.evaluateText("builtins.deepSeq", "/", STRING)
}

function rendered(ev: Evaluator, value: Value, output: EvalRequest["output"]): string {
  switch (output) {
    case "nix":
      return `${printValue(ev, value, { force: true })}\n`
    case "json":
      return `${toJson(ev, value, { copyToStore: false }).text}\n`
    case "raw":
      return rawText(ev, value)
  }
}

function rawText(ev: Evaluator, value: Value): string {
  try {
    return coerce(ev, value, { copyToStore: true }, 0).text
  } catch (error) {
    if (error instanceof EvalError) error.addFrame("while generating the eval command output", 0)
    throw error
  }
}

function writeBytes(fd: number, bytes: string): void {
  writeAll(fd, Buffer.from(bytes, "latin1"))
}
