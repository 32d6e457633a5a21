// What `canopy bench eval` measures inside one process: from scratch (fresh values, code kept), a second host, one option.
//
// CPU seconds of the whole process count, the collector's and the compiler's threads among them.

import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, type CodeCache, clearHeap, Evaluator, rehearse } from "../../eval/index.js"
import { createWorld } from "../../fleet/index.js"
import { Disk } from "../../machine/disk.js"
import { openKeptCode } from "../../machine/kept-code.js"
import { makeMachineCode } from "../../machine/machine-code.js"
import { thisMachine } from "../../machine/this-machine.js"
import { StoreMemory } from "../../store/index.js"
import { parse } from "../../syntax/index.js"
import { hostsOf, optionsOf, toplevelOf } from "./work.js"

/** What one process is to measure. */
export type Measure = "toplevel" | "hosts" | "options" | "parse"

/** CPU seconds of each run (`hosts`: of the second host and of the first; `parse`: MB a second of each pass). */
export function measure(what: Measure, nixpkgs: string, runs: number): readonly number[] {
  makeMachineCode("soon")
  const { code } = openKeptCode(__filename)
  rehearse()
  const scratch = () => evaluatorFor(nixpkgs, code, new StoreMemory())
  switch (what) {
    case "toplevel":
      evaluate(scratch(), toplevelOf(nixpkgs))
      return times(runs, () => cpuOf(() => evaluate(scratch(), toplevelOf(nixpkgs))))
    case "options": {
      // As in the editor, which knows the derivations of the evaluation before.
      const known = new StoreMemory()
      const again = () => evaluatorFor(nixpkgs, code, known)
      for (const option of optionsOf(nixpkgs)) evaluate(again(), option)
      return times(runs, () =>
        optionsOf(nixpkgs).map(option => cpuOf(() => evaluate(again(), option))),
      ).flat()
    }
    case "hosts":
      twoHosts(scratch(), nixpkgs)
      return times(runs, () => twoHosts(scratch(), nixpkgs)).flat()
    case "parse":
      return parseAll(nixpkgs, runs)
  }
}

/** The second host and the first, where they share their packages. */
function twoHosts(ev: Evaluator, nixpkgs: string): [second: number, first: number] {
  const toplevel = ev.evaluateText(bytesOf(hostsOf(nixpkgs)), "/")
  const first = cpuOf(() => ev.call(toplevel, "one"))
  return [cpuOf(() => ev.call(toplevel, "two")), first]
}

/** An evaluator that has no values yet. Those of the one before are gone. */
function evaluatorFor(nixpkgs: string, code: CodeCache, storeMemory: StoreMemory): Evaluator {
  clearHeap()
  const machine = { ...thisMachine({ include: [], folder: nixpkgs }), searchPath: [] }
  return new Evaluator({ code, storeMemory, io: createWorld({ files: disk, machine, trace: () => {} }) })
}

// A warm process has looked at its files before, as an editor's has.
const disk = new Disk()

function evaluate(ev: Evaluator, expression: string): void {
  ev.evaluateText(bytesOf(expression), "/")
}

function parseAll(nixpkgs: string, runs: number): number[] {
  const texts = nixFiles(nixpkgs).map(path => readFileSync(path, "latin1"))
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6
  return times(runs, () => megabytes / cpuOf(() => texts.forEach(text => void parse(text))))
}

function nixFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === ".git" ? [] : nixFiles(path)
    return entry.isFile() && entry.name.endsWith(".nix") ? [path] : []
  })
}

function times<T>(count: number, work: () => T): T[] {
  return Array.from({ length: count }, work)
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
