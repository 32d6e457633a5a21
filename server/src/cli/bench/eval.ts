// `canopy bench eval`: how fast evaluation is, beside Nix, on this machine. Times are CPU seconds of whole processes, in
// pairs that run one right after the other, since machines are noisy; what is printed are medians.

import { spawn, spawnSync } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Failure } from "../command.js"
import { evaluationThread } from "../eval/start.js"
import { layoutOf } from "../shown/answer.js"
import { table } from "../shown/table.js"
import type { Terminal } from "../terminal.js"
import { secondsOfChildren, timesScript } from "./cpu-times.js"
import type { Measure } from "./thread.js"
import { helloOf, toplevelOf } from "./work.js"

export interface Settings {
  readonly nixpkgs: string
  /** The nix-instantiate to compare with. */
  readonly nix: string
  readonly runs: number
  /** Canopy's cache while it is measured. */
  readonly cache: string
}

interface Row {
  readonly work: string
  /** What is allowed: a ratio to Nix, or a figure with its unit. */
  readonly must: string
  measure(settings: Settings): Promise<string>
}

const rows: readonly Row[] = [
  {
    work: "toplevel of a minimal NixOS host, new process",
    must: "≤ 2.0 × Nix",
    measure: settings => paired(settings, toplevelOf(settings.nixpkgs), "kept"),
  },
  {
    work: "the same, with no code kept",
    must: "≤ 2.5 × Nix",
    measure: settings => paired(settings, toplevelOf(settings.nixpkgs), "fresh"),
  },
  {
    work: "the same from scratch in a warm process",
    must: "≤ 1.1 × Nix, new process",
    measure: async settings => {
      const warm = median(await inThread("toplevel", settings))
      const nix = median(repeat(settings.runs, () => cpuOfNix(settings, toplevelOf(settings.nixpkgs))))
      return ratio(warm, nix)
    },
  },
  {
    work: "hello.drvPath, new process",
    must: "≤ 4 × Nix",
    measure: settings => paired(settings, helloOf(settings.nixpkgs), "kept"),
  },
  {
    work: "second host ÷ first, packages shared, warm",
    must: "≤ 0.45",
    measure: async settings => {
      const figures = await inThread("hosts", settings)
      const quotients = figures.flatMap((second, i) => (i % 2 === 0 ? [second / figures[i + 1]] : []))
      return median(quotients).toFixed(2)
    },
  },
  {
    work: "one option of a warm host, from scratch",
    must: "≤ 350 ms",
    measure: async settings => `${(1000 * median(await inThread("options", settings))).toFixed(0)} ms`,
  },
  {
    work: "peak memory of the first toplevel",
    must: "≤ 2.0 × Nix",
    measure: async settings => {
      const expression = toplevelOf(settings.nixpkgs)
      const ours = await peakOf(settings, ...canopy(expression))
      const nix = await peakOf(settings, settings.nix, nixArguments(expression))
      return `${(ours / nix).toFixed(2)} × (${ours.toFixed(0)} and ${nix.toFixed(0)} MB)`
    },
  },
  {
    work: "parsing all of nixpkgs",
    must: "≥ 40 MB/s",
    measure: async settings => `${median(await inThread("parse", settings)).toFixed(0)} MB/s`,
  },
]

/** Prints a line a figure, of those whose name has `only` in it. @throws Failure when a program fails */
export async function benchEval(settings: Settings, only: string, terminal: Terminal): Promise<void> {
  const chosen = rows.filter(({ work }) => work.includes(only))
  const measured: string[][] = []
  for (const { work, must, measure } of chosen) {
    if (terminal.asks) terminal.err(`${work}..\n`)
    measured.push([work, await measure(settings), must])
  }
  terminal.out(table(["WORK", "MEASURED", "MUST"], measured, layoutOf(terminal)))
}

/** Both programs in turn, `runs` times; the median of what each pair says. */
async function paired(settings: Settings, expression: string, code: "kept" | "fresh"): Promise<string> {
  const [program, args] = canopy(expression)
  if (code === "kept") cpuOf(settings, program, args)
  const pairs = repeat(settings.runs, () => {
    if (code === "fresh") rmSync(join(settings.cache, "code"), { recursive: true, force: true })
    return { ours: cpuOf(settings, program, args), nix: cpuOfNix(settings, expression) }
  })
  const quotient = median(pairs.map(({ ours, nix }) => ours / nix))
  const seconds = [median(pairs.map(({ ours }) => ours)), median(pairs.map(({ nix }) => nix))]
  return `${quotient.toFixed(2)} × (${seconds.map(s => s.toFixed(2)).join(" and ")} s)`
}

function ratio(ours: number, nix: number): string {
  return `${(ours / nix).toFixed(2)} × (${ours.toFixed(2)} and ${nix.toFixed(2)} s)`
}

function canopy(expression: string): [program: string, args: string[]] {
  return [process.execPath, [join(__dirname, "cli.js"), "eval", "--impure", "--expr", expression]]
}

function nixArguments(expression: string): string[] {
  return ["--eval", "--expr", expression]
}

function cpuOfNix(settings: Settings, expression: string): number {
  return cpuOf(settings, settings.nix, nixArguments(expression))
}

/** CPU seconds of a program and all its threads, as the shell counts them. @throws Failure when it fails */
function cpuOf(settings: Settings, program: string, args: readonly string[]): number {
  const { stdout, stderr, status } = spawnSync("sh", ["-c", timesScript, "sh", program, ...args], {
    env: environment(settings),
    encoding: "utf8",
  })
  if (status !== 0) throw new Failure(`'${program}' failed: ${stderr.trim()}`)
  return secondsOfChildren(stdout)
}

/** The most memory that a program had, in MB, as Linux tells while it runs. @throws Failure where nothing tells */
async function peakOf(settings: Settings, program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { env: environment(settings), stdio: "ignore" })
  let peak = 0
  const look = () => {
    peak = Math.max(peak, peakNow(child.pid))
  }
  const timer = setInterval(look, 10)
  await new Promise(done => child.on("close", done))
  clearInterval(timer)
  if (peak === 0) throw new Failure("no /proc/PID/status tells how much memory a program has")
  return peak
}

function peakNow(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024
  } catch (error) {
    // It ended a moment ago.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0
    throw error
  }
}

function environment({ cache }: Settings): NodeJS.ProcessEnv {
  return { ...process.env, CANOPY_CACHE: cache, NIX_PATH: "" }
}

async function inThread(what: Measure, { nixpkgs, runs }: Settings): Promise<readonly number[]> {
  let figures: readonly number[] = []
  const task = { kind: "measure", what, nixpkgs, runs } as const
  const { failure } = await evaluationThread(task, outcome => {
    if ("text" in outcome) figures = JSON.parse(outcome.text)
  })
  if (failure !== undefined) throw new Failure(failure)
  return figures
}

function repeat<T>(count: number, work: () => T): T[] {
  return Array.from({ length: count }, work)
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
