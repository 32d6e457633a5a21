// The evaluation thread: answers questions about one fleet, synchronously, on a large stack (see machine/thread.ts).

import { join } from "node:path"
import { getHeapStatistics } from "node:v8"
import { parentPort } from "node:worker_threads"
import { type CancelFlag, log } from "./base/index.js"
import { hasPath, machineBuilds } from "./build/machine-builds.js"
import { stageBuild } from "./build/stage.js"
import { planDeploy } from "./deploy/index.js"
import {
  clearHeap,
  emptyMemory,
  forgetFindingsOfShapes,
  heapMegabytes,
  rehearse,
  shapeMegabytes,
} from "./eval/index.js"
import { defaultFetchSettings } from "./fetch/fetch-settings.js"
import { FetchThread } from "./fetch/fetch-thread.js"
import { machineSupply } from "./fetch/machine-supply.js"
import {
  type EvaluationSession,
  type FleetSession,
  type FleetSetup,
  type Kind,
  type Outside,
  openFleet,
  serveFleet,
} from "./fleet/index.js"
import { Disk } from "./machine/disk.js"
import { collectGarbage } from "./machine/garbage.js"
import { type KeptCode, openKeptCode } from "./machine/kept-code.js"
import { startLog } from "./machine/log-file.js"
import { makeMachineCode, watchForLongRuns } from "./machine/machine-code.js"
import { thisMachine } from "./machine/this-machine.js"

/**
 * Megabytes in use above which values are dropped. An option of each of the ten hosts of a real fleet fits in beside what a check
 * leaves; that of its 18 homes comes on top with 900, but then one question that fills memory on a single host, with 1,200 more, led
 * beyond the 2,500 that the process should stay below: code and the program itself take some 400.
 */
const CROWDED_MB = 700

/**
 * Serves the thread that started this one.
 * @param keepMachineCode called once most of the code that a fleet needs has run
 */
export function runEvaluation(keepMachineCode: () => void): void {
  const port = parentPort
  if (port === null) throw new Error("worker.js is started by the language server, not by hand")
  startLog("evaluation thread")
  const kept = openKeptCode(__filename)
  rehearse()
  serveFleet(
    { post: message => port.postMessage(message), onMessage: listener => port.on("message", listener) },
    (setup, cancel, report) => {
      const outside = outsideOf(setup, kept, { cancel, report: message => report({ message }) })
      const session = withPlan(openFleet(setup, new Disk(kept.folders), watchForLongRuns(cancel), outside))
      return keeping(session, kept, keepMachineCode)
    },
  )
}

/** What evaluation gets from this machine. */
function outsideOf(
  setup: FleetSetup,
  { code, trees }: KeptCode,
  how: { readonly cancel: CancelFlag; readonly report: (message: string) => void },
): Outside {
  const settings = defaultFetchSettings()
  const thread = new FetchThread(join(__dirname, "fetcher.js"), settings)
  const supply = machineSupply({ settings, thread: setup.offline ? undefined : thread, ...how })
  const builds = machineBuilds({ thread: setup.allowBuilds === true ? thread : undefined, ...how })
  return {
    supply,
    ...(builds === undefined ? {} : { builds }),
    code,
    trees,
    flakelessMachine: (folder: string) => thisMachine({ include: [], folder }),
    memory: { isCrowded, megabytes: heapMegabytes, clear: clearHeap, empty },
  }
}

/** Adds the two questions that the fleet cannot answer by itself: plans belong to a layer above it, builds to this machine. */
function withPlan(session: EvaluationSession): FleetSession {
  return {
    answer(question, report) {
      if (question.kind === "plan")
        return planDeploy(session.deployFacts(question.hosts, report), question.hosts)
      if (question.kind !== "stageBuild") return session.answer(question, report)
      const wanted = session.wantedBuild(question.derivation, report)
      return wanted && stageBuild(wanted, hasPath)
    },
    setFile: (path, text) => session.setFile(path, text),
    filesChanged: paths => session.filesChanged(paths),
  }
}

/** Steps on the way to another answer, which somebody is waiting for: this is no time for housekeeping. */
const steps: ReadonlySet<Kind> = new Set([
  "outline",
  "importers",
  "definedIn",
  "checkSoFar",
  "watched",
  "changed",
  "wanted",
  "lock",
  "stageBuild",
])

/** After an answer, saves the code that it made for the next run, and compiles sooner: whoever asked once will ask again. */
function keeping(session: FleetSession, kept: KeptCode, keepMachineCode: () => void): FleetSession {
  return {
    ...session,
    async answer(question, report) {
      const answer = await session.answer(question, report)
      if (question.kind === "check") setImmediate(keepMachineCode)
      if (!steps.has(question.kind))
        setImmediate(() => {
          kept.save()
          makeMachineCode("soon")
        })
      return answer
    },
  }
}

/**
 * Megabytes that JavaScript's own memory may grow by between collections, which take half a second with 400 MB live; fewer where
 * values would be dropped otherwise, since that costs more.
 */
const GARBAGE_MB = 250
const GARBAGE_WHEN_CROWDED_MB = 50

let living = 0

function isCrowded(ahead: number): boolean {
  const isMore = (ofJavaScript: number) => usedByValues() + ofJavaScript + ahead > CROWDED_MB
  if (isMore(living)) return true
  const used = usedByJavaScript()
  if (used > living + (isMore(used) ? GARBAGE_WHEN_CROWDED_MB : GARBAGE_MB)) sweep()
  return isMore(usedByJavaScript())
}

function empty(): void {
  const before = usedByValues()
  const since = performance.now()
  emptyMemory()
  sweep()
  log("time", () => {
    const left = `${usedByJavaScript().toFixed(0)} MB in JavaScript`
    return `dropped ${before} MB of values, ${left} are left: ${(performance.now() - since).toFixed(0)} ms`
  })
}

// Without this, the garbage of a dropped host stays in memory beside the next host: checking ten hosts and 18 homes of a real
// fleet took 2.8 GB instead of 2.4.
function sweep(): void {
  forgetFindingsOfShapes()
  collectGarbage()
  living = usedByJavaScript()
}

/** By values and their shapes. */
function usedByValues(): number {
  return heapMegabytes() + shapeMegabytes()
}

function usedByJavaScript(): number {
  return getHeapStatistics().used_heap_size / 2 ** 20
}
