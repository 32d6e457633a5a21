// One language test in our evaluator, in the surroundings that Nix's script sets up: its environment, its search path, the
// flags of the case. The folder above the tests reads `/pwd`, as in the expectations.

import { readFileSync } from "node:fs"
import { dirname } from "node:path"
import {
  bytesOf,
  EvalError,
  Evaluator,
  errorText,
  forceDeep,
  intern,
  selectAt,
  textOfBytes,
  toXml,
  withinLimits,
} from "../../../server/src/eval/index.js"
import { createWorld } from "../../../server/src/fleet/index.js"
import { Disk } from "../../../server/src/machine/disk.js"
import type { LangCase } from "./cases.js"
import { instantiateText } from "./instantiate-text.js"

/** What came of a case; bytes. */
export interface Outcome {
  readonly failed: boolean
  readonly stdout: string
  readonly stderr: string
  /** The message of the error alone. */
  readonly message: string
}

/** Those that Nix's tests turn on, and what comes with them. */
const features = ["nix-command", "flakes", "fetch-tree"]
const environment: Readonly<Record<string, string>> = { TEST_VAR: "foo", HOME: "/fake-home" }

export function runCase(langCase: LangCase): Outcome {
  const lines: string[] = []
  const ev = evaluatorFor(langCase, line => lines.push(line))
  const anywhere = (text: string) => text.replaceAll(dirname(dirname(langCase.file)), "/pwd")
  try {
    const stdout = anywhere(withinLimits(() => answer(ev, langCase)))
    return { failed: false, stdout, stderr: anywhere(text(lines)), message: "" }
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    lines.push(errorText(error, langCase.flags))
    return { failed: true, stdout: "", stderr: anywhere(text(lines)), message: anywhere(error.message) }
  }
}

function text(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join("")
}

function evaluatorFor({ flags }: LangCase, trace: (line: string) => void): Evaluator {
  const machine = {
    getEnv: (name: string) => environment[name] ?? "",
    searchPath: flags.searchPath,
    currentSystem: "x86_64-linux",
    currentTime: 0,
  }
  const experimentalFeatures = new Set([...features, ...flags.features])
  const { lints, maxCallDepth } = flags
  const language = { lints, experimentalFeatures, ...(maxCallDepth === undefined ? {} : { maxCallDepth }) }
  return new Evaluator({ io: createWorld({ files: new Disk(), machine, trace }), language })
}

function answer(ev: Evaluator, langCase: LangCase): string {
  if (langCase.kind.startsWith("parse-")) {
    ev.parse(readFileSync(langCase.file, "latin1"), bytesOf(dirname(langCase.file)), bytesOf("«stdin»"))
    return ""
  }
  const { file, flags } = langCase
  const root = ev.evaluateText(ev.files.read(file), dirname(file), file)
  const { value } = selectAt(ev, root, flags.attr, argumentsOf(ev, langCase))
  forceDeep(ev, value)
  return langCase.xml ? toXml(ev, value).text : `${instantiateText(ev, value)}\n`
}

function argumentsOf(ev: Evaluator, { flags, file }: LangCase) {
  const folder = dirname(dirname(file))
  const entries = flags.args.map(({ name, kind, text }) => {
    const value = kind === "string" ? text : ev.evaluateText(text, folder)
    return [intern(name), value] as const
  })
  return new Map(entries)
}

/** For people. */
export function readable(bytes: string): string {
  return textOfBytes(bytes)
}
