// Explains errors of a fleet: what they say, where they can be fixed, and which hosts a faulty file takes with it.

import type { EvalError, Evaluator } from "../../eval/index.js"
import type { FleetModules } from "../aspects/fleet-modules.js"
import type { LeftOut } from "../evaluation.js"
import type { Files } from "../files.js"
import type { OpenFlake } from "../flake/flake.js"
import type { FleetPaths } from "../fleet-paths.js"
import type { HostVisits } from "../hosts/host-visits.js"
import type { SourceFile, SourceFiles } from "../texts/source-files.js"
import { concernedHosts } from "./concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./error-place.js"
import { errorSummary } from "./error-summary.js"

/** What is needed of a fleet to explain its errors. */
interface FleetOfErrors {
  readonly root: string
  readonly flake: Pick<OpenFlake, "entry">
  readonly ev: Evaluator
  readonly files: Files
  readonly sources: SourceFiles
  readonly sourceFiles: readonly SourceFile[]
  readonly paths: FleetPaths
  readonly modules: FleetModules
}

export class FleetErrors {
  /** The hosts that a file concerns, by its path. */
  private readonly concernedBy = new Map<string, readonly string[]>()

  constructor(
    private readonly fleet: FleetOfErrors,
    private readonly visits: HostVisits,
    private readonly leftOut: LeftOut,
  ) {}

  /** The fleet's own files. Containers and uses are only computed when they are read. */
  get surroundings(): ErrorSurroundings {
    const { fleet } = this
    return {
      root: fleet.root,
      entry: fleet.flake.entry,
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
      readFiles: () => this.readFiles(),
    }
  }

  private readFiles() {
    const { files, root } = this.fleet
    const read = files.askedBelow(root).files.filter(path => files.kindOf(path) === "regular")
    return read.filter(path => !path.endsWith(".nix")).map(path => ({ path, text: files.readFile(path) }))
  }

  /** An error as a message, with the place where it can be fixed. */
  explain(error: EvalError): string {
    const place = placeOfError(error, this.surroundings)
    return errorSummary(error, this.fleet.paths, place && { file: place.file, ...place.range.start })
  }

  /** An error in a file that was not run, or only in part, so that hosts may be missing. */
  get inUnreadPart(): EvalError | undefined {
    const [faults] = this.fleet.ev.faultyFiles.values()
    return faults?.[0]
  }

  /** Why nothing about a host can be relied on although it evaluates: one of its files is faulty and was only run in part. */
  unknownBecause(host: string): string | undefined {
    for (const [seen, faults] of this.fleet.ev.faultyFiles)
      if (this.concerned(this.fleet.paths.realPath(seen)).includes(host)) return this.explain(faults[0])
    return undefined
  }

  /** The hosts that a file concerns. */
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
