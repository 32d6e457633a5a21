// `canopy eval`: one value, printed exactly as `nix eval` prints it.
//
// Evaluation is plain recursion, so it runs in a thread with a large stack, which prints by itself (eval-thread.ts).

import { resolve } from "node:path"
import { type Given, UsageError } from "./arguments.js"
import { allowsBuilds, buildFlags } from "./build-flags.js"
import { command } from "./command.js"
import type { AutoArgument, EvalRequest, EvalSource } from "./eval-request.js"
import { evaluationThread } from "./eval-start.js"
import { nixOptions } from "./nix-options.js"

const flags = {
  "--expr": 1,
  "--file": 1,
  "--attr": 1,
  "--json": 0,
  "--raw": 0,
  "--strict": 0,
  "--impure": 0,
  "--include": 1,
  "--arg": 2,
  "--argstr": 2,
  "--apply": 1,
  "--override-input": 2,
  "--offline": 0,
  ...buildFlags,
  "--show-trace": 0,
  "--stats": 0,
  "--experimental-features": 1,
  "--extra-experimental-features": 1,
  "--lint-url-literals": 1,
  "--lint-absolute-path-literals": 1,
  "--lint-short-path-literals": 1,
} as const

type Flag = keyof typeof flags

export const evalCommand = command({
  usage:
    "[--expr E | --file F | FLAKE][#ATTR] [-A ATTR] [--json | --raw | --strict] [--impure] [-I NAME=PATH]...\n" +
    "[--arg N E] [--argstr N S] [--apply E] [--override-input NAME REF]... [--offline] [--allow-import-from-derivation]\n" +
    "[--show-trace] [--stats] " +
    "[--experimental-features LIST | --extra-experimental-features LIST] [--option NAME VALUE]...",
  summary: "evaluate an expression, a file or an attribute of a flake",
  flags,
  aliases: { "-A": "--attr", "-f": "--file", "-I": "--include" },
  run: async (given, terminal) => {
    const request = requestOf(given, process.cwd())
    const { status, failure } = await evaluationThread({ kind: "print", request }, () => {})
    if (failure !== undefined) terminal.err(`error: ${failure}\n`)
    return status
  },
})

/** What the command line asks for. @throws UsageError */
export function requestOf(given: Given<Flag>, folder: string): EvalRequest {
  const { source, attr } = target(given)
  if (given.has("--json") && given.has("--raw"))
    throw new UsageError("--raw and --json are mutually exclusive")
  return {
    source,
    attr,
    output: given.has("--json") ? "json" : given.has("--raw") ? "raw" : "nix",
    strict: given.has("--strict"),
    pure: source.kind !== "file" && !given.has("--impure"),
    searchPath: given.all("--include"),
    args: [...autoArguments(given, "--arg", "expression"), ...autoArguments(given, "--argstr", "string")],
    apply: given.one("--apply"),
    overrideInputs: Object.fromEntries(given.pairs("--override-input")),
    offline: given.has("--offline"),
    allowBuilds: allowsBuilds(given),
    language: nixOptions(namedOptions(given), process.env),
    trace: given.has("--show-trace"),
    stats: given.has("--stats"),
    folder: resolve(folder),
  }
}

/** The operand is a flake with an attribute behind `#`, or with --expr and --file the attribute alone. */
function target(given: Given<Flag>): { source: EvalSource; attr: string } {
  const text = given.one("--expr")
  const path = given.one("--file")
  if (text !== undefined && path !== undefined)
    throw new UsageError("--expr and --file are mutually exclusive")
  const operand = given.operand("")
  const hash = operand.indexOf("#")
  const fragment = hash < 0 ? "" : operand.slice(hash + 1)
  if (text !== undefined)
    return withAttr(given, { kind: "expression", text }, hash === 0 ? fragment : operand)
  if (path !== undefined) return withAttr(given, { kind: "file", path }, hash === 0 ? fragment : operand)
  const reference = (hash < 0 ? operand : operand.slice(0, hash)) || "."
  return withAttr(given, { kind: "flake", reference }, fragment)
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

function autoArguments(
  given: Given<Flag>,
  flag: "--arg" | "--argstr",
  kind: AutoArgument["kind"],
): AutoArgument[] {
  return given.pairs(flag).map(([name, text]) => ({ name, kind, text }))
}

/** Nix has each setting also as a flag of its own; those below are the ones that people use. */
function namedOptions(given: Given<Flag>): [string, string][] {
  const flags = [
    "--experimental-features",
    "--extra-experimental-features",
    "--lint-url-literals",
    "--lint-absolute-path-literals",
    "--lint-short-path-literals",
  ] as const
  const named = flags.flatMap(flag =>
    given.all(flag).map((value): [string, string] => [flag.slice(2), value]),
  )
  return [...given.pairs("--option"), ...named]
}
