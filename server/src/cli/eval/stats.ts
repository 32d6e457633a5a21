// What an evaluation cost, for `--stats`: one line a figure, to be read by people and by `grep`.

import type { Counters } from "../../eval/index.js"

/** Milliseconds of each phase, in the order in which they ended. */
export class PhaseClock {
  readonly phases = new Map<string, number>()
  private since = performance.now()

  /** Ends a phase that began where the one before it ended. */
  end(phase: string): void {
    const now = performance.now()
    this.phases.set(phase, now - this.since)
    this.since = now
  }
}

const labels: readonly (readonly [keyof Counters, string])[] = [
  ["filesParsed", "files parsed"],
  ["bytesParsed", "bytes parsed"],
  ["thunks", "thunks made"],
  ["forced", "thunks forced"],
  ["calls", "calls"],
  ["builtinCalls", "calls of builtins"],
  ["updates", "updates (//)"],
  ["derivations", "derivations hashed"],
]

/** The counters, the phases and the peak memory of the process, one line each. */
export function evalStats(counters: Counters, clock: PhaseClock): string {
  const peakMb = process.resourceUsage().maxRSS / 1024
  const rows: (readonly [string, string])[] = [
    ...labels.map(([name, label]) => [label, String(counters[name])] as const),
    ...Array.from(clock.phases, ([phase, ms]) => [`ms to ${phase}`, ms.toFixed(1)] as const),
    ["peak memory, MB", peakMb.toFixed(0)],
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, figure]) => `${label.padEnd(width)}  ${figure.padStart(12)}\n`).join("")
}
