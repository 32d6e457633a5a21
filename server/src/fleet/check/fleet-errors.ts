// Errors of a fleet in words: what they say, where each can be mended, and which hosts a file with mistakes takes along.

import type { EvalError, Evaluator } from "../../eval/index.js"
import type { FleetModules } from "../aspects/fleet-modules.js"
import type { LeftOut } from "../evaluation.js"
import type { FleetPaths } from "../fleet-paths.js"
import type { HostVisits } from "../hosts/host-visits.js"
import type { SourceFile, SourceFiles } from "../texts/source-files.js"
import { concernedHosts } from "./concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./error-place.js"
import { errorSummary } from "./error-summary.js"

/** What of a fleet tells where an error can be mended. */
interface FleetOfErrors {
  readonly root: string
  readonly ev: Evaluator
  readonly sources: SourceFiles
  readonly sourceFiles: readonly SourceFile[]
  readonly paths: FleetPaths
  readonly modules: FleetModules
}

export class FleetErrors {
  /** Hosts that a file has a say in, by the file's path. */
  private readonly concernedBy = new Map<string, readonly string[]>()

  constructor(
    private readonly fleet: FleetOfErrors,
    private readonly visits: HostVisits,
    private readonly leftOut: LeftOut,
  ) {}

  /** The fleet's own files. Which options hold aspects and who is made of what is found out when that is asked. */
  get surroundings(): ErrorSurroundings {
    const { fleet } = this
    return {
      root: fleet.root,
      realPath: fleet.paths.realPath,
      moduleFile: fleet.paths.moduleFile,
      sources: fleet.sources,
      get files() {
        return fleet.sourceFiles
      },
      get containers() {
        return fleet.modules.containers
      },
      get uses() {
        return fleet.modules.uses
      },
    }
  }

  /** An error in words, and where it can be mended. */
  explain(error: EvalError): string {
    const place = placeOfError(error, this.surroundings)
    return errorSummary(error, this.fleet.paths, place && { file: place.file, ...place.range.start })
  }

  /** Why nothing is known about a host although it evaluates: a file that it is made of has mistakes, and was only run up to them. */
  unknownBecause(host: string): string | undefined {
    for (const [seen, faults] of this.fleet.ev.faultyFiles)
      if (this.concerned(this.fleet.paths.realPath(seen)).includes(host)) return this.explain(faults[0])
    return undefined
  }

  /** Hosts that a file has a say in. */
  concerned(path: string): readonly string[] {
    if (this.leftOut.has(path)) return this.visits.names
    let hosts = this.concernedBy.get(path)
    if (hosts === undefined) {
      hosts = concernedHosts(path, { ...this.surroundings, hosts: this.visits.names })
      this.concernedBy.set(path, hosts)
    }
    return hosts
  }
}
