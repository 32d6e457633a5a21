// `canopy eval`: one value, printed exactly as `nix eval` prints it.
//
// Evaluation is plain recursion, so it runs in a thread with a large stack, which prints by itself (thread.ts).

import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { isatty } from "node:tty"
import { type Given, UsageError } from "../arguments.js"
import { allowsBuilds, buildFlags } from "../build-flags.js"
import { command, Failure } from "../command.js"
import { flakeRoot } from "../flake-root.js"
import { nixOptions } from "./nix-options.js"
import { isSetting, settingFlags, settingsOf } from "./nix-settings.js"
import type { AutoArgument, EvalRequest, EvalSource } from "./request.js"
import { evaluationThread } from "./start.js"

/**
 * What `nix eval` takes and what changes no answer of ours: we write no lock file and no store, keep no answers, and build
 * nothing while an expression is read.
 */
const withoutEffect = {
  "--commit-lock-file": 0,
  "--debug": 0,
  "--eval-store": 1,
  "--log-format": 1,
  "--no-registries": 0,
  "--no-update-lock-file": 0,
  "--no-write-lock-file": 0,
  "--print-build-logs": 0,
  "--quiet": 0,
  "--read-only": 0,
  "--refresh": 0,
  "--repair": 0,
  "--verbose": 0,
} as const

const flags = {
  "--expr": 1,
  "--file": 1,
  "--attr": 1,
  "--json": 0,
  "--raw": 0,
  "--pretty": 0,
  "--no-pretty": 0,
  "--write-to": 1,
  "--strict": 0,
  "--impure": 0,
  "--include": 1,
  "--arg": 2,
  "--argstr": 2,
  "--arg-from-file": 2,
  "--arg-from-stdin": 1,
  "--apply": 1,
  "--override-input": 2,
  "--offline": 0,
  "--stats": 0,
  ...settingFlags,
  ...buildFlags,
  ...withoutEffect,
} as const

type Flag = keyof typeof flags
type FlakeSource = Extract<EvalSource, { kind: "flake" }>

export const evalCommand = command<Flag>({
  usage:
    "[--expr E | --file F | FLAKE][#ATTR] [-A ATTR] [--json | --raw | --strict] [--impure] [-I NAME=PATH]...\n" +
    "[--arg N E] [--argstr N S] [--arg-from-file N F] [--arg-from-stdin N] [--apply E] [--write-to PATH] [--pretty | --no-pretty]\n" +
    "[--override-input NAME REF]... [--offline] [--allow-import-from-derivation] [--show-trace] [--stats]\n" +
    "[--experimental-features LIST | --extra-experimental-features LIST] [--option NAME VALUE | --NAME VALUE]...",
  summary: "evaluate an expression, a file or an attribute of a flake",
  flags,
  aliases: {
    "-A": "--attr",
    "-f": "--file",
    "-I": "--include",
    "-L": "--print-build-logs",
    "-v": "--verbose",
  },
  run: async (given, terminal) => {
    for (const [name] of given.pairs("--option"))
      if (!isSetting(name)) terminal.err(`warning: unknown setting '${name}'\n`)
    const request = requestOf(given, process.cwd(), text => terminal.err(`${text}\n`))
    const { status, failure } = await evaluationThread({ kind: "print", request }, () => {})
    if (failure !== undefined) terminal.err(`error: ${failure}\n`)
    return status
  },
})

/** What the command line asks for. @throws UsageError, Failure */
function requestOf(given: Given<Flag>, folder: string, notice: (text: string) => void): EvalRequest {
  const { source, attr } = target(given)
  if (given.has("--json") && given.has("--raw"))
    throw new UsageError("--raw and --json are mutually exclusive")
  const { language, pure, showTrace, system, nixPath } = nixOptions(settingsOf(given), process.env)
  const args = autoArguments(given)
  if (source.kind === "flake" && args.length > 0)
    throw new UsageError("'--arg' and '--argstr' are incompatible with flakes")
  return {
    source: source.kind === "flake" ? inFolder(source, folder, notice) : source,
    attr,
    output: outputForm(given),
    pretty: given.has("--pretty") || (isatty(1) && !given.has("--no-pretty")),
    writeTo: given.one("--write-to"),
    strict: given.has("--strict"),
    pure: source.kind !== "file" && !given.has("--impure") && pure !== false,
    searchPath: given.all("--include"),
    nixPath,
    system,
    args,
    apply: given.one("--apply"),
    overrideInputs: Object.fromEntries(given.pairs("--override-input")),
    offline: given.has("--offline"),
    allowBuilds: allowsBuilds(given),
    language,
    trace: showTrace ?? false,
    stats: given.has("--stats"),
    folder: resolve(folder),
  }
}

/** The operand is a flake with an attribute behind `#`, or with --expr and --file the attribute alone. */
function target(given: Given<Flag>): { source: EvalSource; attr: string } {
  const text = given.one("--expr")
  const path = given.one("--file")
  if (text !== undefined && path !== undefined) throw new UsageError("'--file' and '--expr' are exclusive")
  const operand = withoutOutputs(given.operand(""))
  const hash = operand.indexOf("#")
  const fragment = hash < 0 ? "" : operand.slice(hash + 1)
  if (text !== undefined)
    return withAttr(given, { kind: "expression", text }, hash === 0 ? fragment : operand)
  if (path !== undefined) return withAttr(given, { kind: "file", path }, hash === 0 ? fragment : operand)
  const reference = (hash < 0 ? operand : operand.slice(0, hash)) || "."
  return withAttr(given, { kind: "flake", reference }, decoded(fragment))
}

function inFolder({ reference }: FlakeSource, folder: string, notice: (text: string) => void): EvalSource {
  return { kind: "flake", reference: flakeRoot(reference, folder, notice) }
}

/** `^out,dev` and `^*` say which outputs to build of a derivation, and nothing about its value. */
function withoutOutputs(operand: string): string {
  return operand.replace(/\^(\*|[a-z0-9+\-._?=,]+)$/i, "")
}

/** What stands behind `#` is part of a URL. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    throw new UsageError(`invalid URI parameter '${fragment}'`)
  }
}

function withAttr(
  given: Given<Flag>,
  source: EvalSource,
  named: string,
): { source: EvalSource; attr: string } {
  const attr = given.one("--attr")
  if (attr !== undefined && named !== "")
    throw new UsageError(`two attributes are given: '${named}' and '${attr}'`)
  return { source, attr: attr ?? named }
}

function outputForm(given: Given<Flag>): EvalRequest["output"] {
  if (given.has("--json")) return "json"
  return given.has("--raw") ? "raw" : "nix"
}

const argumentFlags = ["--arg", "--argstr", "--arg-from-file", "--arg-from-stdin"] as const

function autoArguments(given: Given<Flag>): AutoArgument[] {
  return given.inOrder(argumentFlags).map(({ flag, values: [name, value] }) => {
    if (flag === "--arg-from-file") return argumentFrom(name, value)
    if (flag === "--arg-from-stdin") return argumentFrom(name, 0)
    return { name, kind: flag === "--arg" ? "expression" : "string", text: value }
  })
}

function argumentFrom(name: string, file: string | 0): AutoArgument {
  try {
    return { name, kind: "string", text: readFileSync(file, "utf8") }
  } catch (error) {
    throw new Failure(`cannot read '${file}': ${(error as Error).message}`)
  }
}
