// Where `canopy eval` starts: the evaluator with its world, and the value that an attribute path selects from.

import { readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { machineBuilds } from "../../build/machine-builds.js"
import {
  type AutoArguments,
  type Builds,
  bytesOf,
  EvalError,
  Evaluator,
  type Selected,
  selectAt,
  type Value,
} from "../../eval/index.js"
import { defaultFetchSettings } from "../../fetch/fetch-settings.js"
import { FetchThread } from "../../fetch/fetch-thread.js"
import { machineSupply } from "../../fetch/machine-supply.js"
import { createWorld, type Machine, newFlakeCaches, openFlake, type SourceSupply } from "../../fleet/index.js"
import { Disk } from "../../machine/disk.js"
import type { KeptCode } from "../../machine/kept-code.js"
import { watchForLongRuns } from "../../machine/machine-code.js"
import { currentSystem, thisMachine } from "../../machine/this-machine.js"
import { flakeOutput } from "./flake-output.js"
import type { EvalRequest } from "./request.js"

const STDIN = bytesOf("«stdin»")
/** The file of an expression that the command line gives. */
export const STRING = bytesOf("«string»")

export interface OpenedSource {
  readonly evaluator: Evaluator
  /** The value at the requested attribute. @throws EvalError */
  select(args: AutoArguments): Selected
}

/**
 * Opens what the request names; evaluates nothing yet. `trace` gets bytes.
 * @param kept what earlier runs read
 */
export function openSource(
  request: EvalRequest,
  trace: (line: string) => void,
  kept: Pick<KeptCode, "code" | "folders" | "trees">,
): OpenedSource {
  const machine = request.pure ? undefined : machineFor(request)
  const { source, language } = request
  const { code } = kept
  const outside = outsideFor(request)
  const cancel = watchForLongRuns()
  if (source.kind === "flake") {
    const caches = newFlakeCaches(kept.trees)
    // Where evaluation is not pure, Nix sees the store before it sees sources.
    const namesSources = request.pure
    const given = { trace, code, caches, language, cancel, namesSources, ...outside }
    const settings = machine === undefined ? given : { ...given, machine }
    const flake = openFlake({ ...request, root: source.reference }, new Disk(kept.folders), settings)
    return {
      evaluator: flake.evaluator,
      select: () => {
        const system = request.system ?? currentSystem()
        return { value: flakeOutput(flake, bytesOf(request.attr), system), span: 0 }
      },
    }
  }
  const io = createWorld({ files: new Disk(kept.folders), machine, trace, ...outside })
  const evaluator = new Evaluator({ code, language, cancel, io })
  const root = () =>
    source.kind === "file"
      ? fileValue(evaluator, source.path, request.folder)
      : evaluator.evaluateText(bytesOf(source.text), bytesOf(request.folder), STRING)
  // A dot alone is the value itself.
  const path = request.attr === "." ? "" : bytesOf(request.attr)
  return { evaluator, select: args => selectAt(evaluator, root(), path, args) }
}

function machineFor({ searchPath, nixPath, system, folder }: EvalRequest): Machine {
  return thisMachine({ include: searchPath, path: nixPath, system, folder })
}

/**
 * Sources from the cache, from repositories on this machine, and from the network unless that is forbidden; builds where they are
 * allowed. Evaluation waits for both.
 */
function outsideFor({ offline, allowBuilds }: EvalRequest): { supply: SourceSupply; builds?: Builds } {
  const settings = defaultFetchSettings()
  const thread = new FetchThread(join(__dirname, "fetcher.js"), settings)
  const report = () => {}
  const builds = machineBuilds({ thread: allowBuilds ? thread : undefined, report })
  return {
    supply: machineSupply({ settings, thread, offline, report }),
    ...(builds === undefined ? {} : { builds }),
  }
}

function fileValue(ev: Evaluator, path: string, folder: string): Value {
  if (path === "-") return ev.evaluateText(readFileSync(0, "latin1"), bytesOf(folder), STDIN)
  const absolute = resolve(folder, path)
  if (statSync(absolute, { throwIfNoEntry: false }) === undefined)
    throw new EvalError("file-not-found", `path '${bytesOf(absolute)}' does not exist`)
  return ev.import(bytesOf(absolute))
}
