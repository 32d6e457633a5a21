// The evaluation thread: answers questions about one fleet, synchronously, on a large stack (see thread.ts).

import { join } from "node:path"
import { parentPort } from "node:worker_threads"
import { machineBuilds } from "./build/machine-builds.js"
import { planDeploy } from "./deploy/index.js"
import { Disk } from "./disk.js"
import { defaultFetchSettings } from "./fetch/fetch-settings.js"
import { FetchThread } from "./fetch/fetch-thread.js"
import { machineSupply } from "./fetch/machine-supply.js"
import { type FleetSession, serveFleet } from "./fleet/index.js"
import { type EvaluationSession, openFleet } from "./fleet/session.js"

const port = parentPort
if (port === null) throw new Error("worker.js is started by the language server, not by hand")

serveFleet(
  { post: message => port.postMessage(message), onMessage: listener => port.on("message", listener) },
  (setup, cancel, report) => {
    const settings = defaultFetchSettings()
    const thread = new FetchThread(join(__dirname, "fetcher.js"), settings)
    const how = { cancel, report: (message: string) => report({ message }) }
    const supply = machineSupply({ settings, thread: setup.offline ? undefined : thread, ...how })
    const builds = machineBuilds({ thread: setup.allowBuilds === true ? thread : undefined, ...how })
    return withPlan(openFleet(setup, new Disk(), cancel, { supply, builds }))
  },
)

/** Plans are made by the layer above the fleet. */
function withPlan(session: EvaluationSession): FleetSession {
  return {
    load: report => session.load(report),
    option: (path, hosts, report) => session.option(path, hosts, report),
    check: report => session.check(report),
    plan: (hosts, report) => planDeploy(session.deployFacts(report), hosts),
    packages: report => session.packages(report),
    setFile: (path, text) => session.setFile(path, text),
    filesChanged: paths => session.filesChanged(paths),
  }
}
