// The evaluation thread: answers questions about one fleet, synchronously, on a large stack (see thread.ts).

import { join } from "node:path"
import { getHeapStatistics } from "node:v8"
import { parentPort } from "node:worker_threads"
import { hasPath, machineBuilds } from "./build/machine-builds.js"
import { stageBuild } from "./build/stage.js"
import { thisMachine } from "./cli/eval-world.js"
import { planDeploy } from "./deploy/index.js"
import { Disk } from "./disk.js"
import { clearHeap, heapMegabytes } from "./eval/index.js"
import { defaultFetchSettings } from "./fetch/fetch-settings.js"
import { FetchThread } from "./fetch/fetch-thread.js"
import { machineSupply } from "./fetch/machine-supply.js"
import { type FleetSession, serveFleet } from "./fleet/index.js"
import { type EvaluationSession, openFleet } from "./fleet/session.js"
import { openKeptCode } from "./kept-code.js"
import { startLog } from "./log-file.js"
import { makeMachineCode } from "./machine-code.js"

const port = parentPort
if (port === null) throw new Error("worker.js is started by the language server, not by hand")

startLog("evaluation thread")
const kept = openKeptCode(__filename)

/**
 * Megabytes in use at which values are dropped. With one option each, ten hosts and 18 homes of a real fleet take 1,300; the
 * process has some 400 more for code and for the program itself, and is to stay below 2,500 with what one question adds.
 */
const CROWDED_MB = 1300

serveFleet(
  { post: message => port.postMessage(message), onMessage: listener => port.on("message", listener) },
  (setup, cancel, report) => {
    const settings = defaultFetchSettings()
    const thread = new FetchThread(join(__dirname, "fetcher.js"), settings)
    const how = { cancel, report: (message: string) => report({ message }) }
    const supply = machineSupply({ settings, thread: setup.offline ? undefined : thread, ...how })
    const builds = machineBuilds({ thread: setup.allowBuilds === true ? thread : undefined, ...how })
    const outside = {
      supply,
      ...(builds === undefined ? {} : { builds }),
      code: kept.code,
      flakelessMachine: (folder: string) => thisMachine({ include: [], folder }),
      memory: { isCrowded: () => usedMegabytes() > CROWDED_MB, clear: clearHeap },
    }
    return keeping(withPlan(openFleet(setup, new Disk(kept.folders), cancel, outside)))
  },
)

/** After every answer, what had to be encoded for it is kept for the next run. Whoever got one will ask more. */
function keeping(session: FleetSession): FleetSession {
  const after = async <T>(answer: T | Promise<T>): Promise<T> => {
    const there = await answer
    kept.save()
    makeMachineCode("soon")
    return there
  }
  return {
    ...session,
    outline: report => session.outline(report),
    importers: (aspects, report) => session.importers(aspects, report),
    load: report => after(session.load(report)),
    hosts: report => after(session.hosts(report)),
    aspects: report => after(session.aspects(report)),
    vars: (hosts, report) => after(session.vars(hosts, report)),
    systems: (hosts, options, report) => after(session.systems(hosts, options, report)),
    option: (...asked) => after(session.option(...asked)),
    check: report => after(session.check(report)),
    why: (path, report) => after(session.why(path, report)),
    plan: (hosts, report) => after(session.plan(hosts, report)),
    packages: report => after(session.packages(report)),
  }
}

/** Plans are made by the layer above the fleet, and builds beside it. */
function withPlan(session: EvaluationSession): FleetSession {
  return {
    outline: report => session.outline(report),
    importers: (aspects, report) => session.importers(aspects, report),
    load: report => session.load(report),
    hosts: report => session.hosts(report),
    aspects: report => session.aspects(report),
    vars: (hosts, report) => session.vars(hosts, report),
    definedIn: (files, report) => session.definedIn(files, report),
    systems: (hosts, options, report) => session.systems(hosts, options, report),
    option: (...asked) => session.option(...asked),
    check: report => session.check(report),
    why: (path, report) => session.why(path, report),
    plan: (hosts, report) => planDeploy(session.deployFacts(report), hosts),
    packages: report => session.packages(report),
    wanted: report => session.wanted(report),
    lock: report => session.lock(report),
    stageBuild: (derivation, report) => {
      const wanted = session.wantedBuild(derivation, report)
      return wanted && stageBuild(wanted, hasPath)
    },
    setFile: (path, text) => session.setFile(path, text),
    filesChanged: paths => session.filesChanged(paths),
  }
}

/** Of the heap of values, and of what JavaScript holds beside it. */
function usedMegabytes(): number {
  return heapMegabytes() + getHeapStatistics().used_heap_size / 2 ** 20
}
