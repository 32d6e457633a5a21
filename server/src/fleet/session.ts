// One fleet in the evaluation thread: opened when first asked, thrown away when a file changes, opened again on demand.
//
// Every answer is computed from the files as they are, unsaved text included. What survives an edit is what cannot have
// changed: code of files whose text is the same, and hashes of trees.

import type { CancelFlag } from "../base/index.js"
import { bytesOf, CodeCache, textOfBytes, type WantedOutput } from "../eval/index.js"
import { Instantiations } from "../store/index.js"
import { answerCheck } from "./check-fleet.js"
import type { EvaluatedFleet } from "./evaluated-fleet.js"
import type { Memory } from "./evaluation.js"
import { type Files, OverlaidFiles } from "./files.js"
import { newFlakeCaches, type OpenSettings } from "./flake.js"
import type { VarFile } from "./frameworks/clan-vars.js"
import { openEvaluatedFleet } from "./left-out-files.js"
import { lockText } from "./lock-text.js"
import type {
  AspectName,
  FileRole,
  Finding,
  Fleet,
  FleetAspects,
  FleetOutline,
  Host,
  OptionAnswer,
  Packages,
} from "./model.js"
import { optionOnHosts } from "./option-on-hosts.js"
import type { FleetSession, FleetSetup, Lock, Report } from "./session-port.js"
import { SourceFiles } from "./source-files.js"
import type { SourceRequest } from "./source-supply.js"
import { requestFor } from "./sources.js"
import { type SystemSnapshot, systemSnapshots } from "./system-snapshot.js"

/** What a deploy needs to know beyond the fleet itself. */
export interface DeployedFleet {
  readonly fleet: Fleet
  readonly clan: boolean
  /** There is no flake.nix, so that no tool takes a flake reference. */
  readonly flakeless?: true
  readonly vars: EvaluatedFleet["vars"]
  readonly broken: Packages["broken"]
}

/** A session without what layers above make of it: the plan, from `deployFacts`, and builds, from `wantedBuild`. */
export interface EvaluationSession extends Omit<FleetSession, "plan" | "stageBuild"> {
  outline(report: Report): FleetOutline
  importers(aspects: readonly AspectName[], report: Report): readonly string[]
  load(report: Report): Fleet
  hosts(report: Report): readonly Host[]
  aspects(report: Report): FleetAspects
  vars(hosts: readonly string[] | undefined, report: Report): readonly VarFile[]
  definedIn(files: readonly string[], report: Report): readonly (readonly string[])[]
  systems(
    hosts: readonly string[] | undefined,
    options: readonly (readonly string[])[],
    report: Report,
  ): readonly SystemSnapshot[]
  option(
    path: string,
    hosts: readonly string[] | undefined,
    report: Report,
    aspects?: readonly AspectName[],
  ): OptionAnswer
  check(report: Report): readonly Finding[]
  why(path: string, report: Report): FileRole
  packages(report: Report): Packages
  wanted(report: Report): readonly SourceRequest[]
  lock(report: Report): Lock
  /** What the build of a derivation needs; undefined if evaluation does not come to it any more. */
  wantedBuild(derivation: string, report: Report): WantedOutput | undefined
  deployFacts(report: Report): DeployedFleet
  fleet(report: Report): EvaluatedFleet
}

/** What a session gets from outside the fleet's files. */
export interface Outside extends Pick<OpenSettings, "supply" | "builds" | "flakelessMachine"> {
  /** Code of files from earlier, and the place for what is added. */
  readonly code?: CodeCache
  /** The memory of values, if nobody else has any in it: it is cleared when they are no longer needed. */
  readonly memory?: Memory
}

/**
 * A session over a fleet's files. Nothing is read before the first question.
 * @param cancel asked at function calls; raising it makes a question end with `Cancelled`
 * @param outside sources that are not on this machine, and builds; without them, what needs one fails
 */
export function openFleet(
  setup: FleetSetup,
  files: Files,
  cancel?: CancelFlag,
  outside: Outside = {},
): EvaluationSession {
  return new Session(setup, new OverlaidFiles(files), cancel, outside)
}

class Session implements EvaluationSession {
  private readonly code: CodeCache
  private readonly caches = newFlakeCaches(root => this.report({ message: `hashing ${root}` }))
  private readonly instantiations = new Instantiations()
  private readonly sources: SourceFiles
  /** Paths of files whose text is not saved. */
  private readonly unsaved = new Set<string>()
  private current: EvaluatedFleet | undefined
  /** Of the question that is being answered. */
  private report: Report = () => {}

  constructor(
    private readonly setup: FleetSetup,
    private readonly files: OverlaidFiles,
    private readonly cancel: CancelFlag | undefined,
    private readonly outside: Outside,
  ) {
    this.sources = new SourceFiles(files)
    this.code = outside.code ?? new CodeCache()
  }

  fleet(report: Report): EvaluatedFleet {
    this.report = report
    if (this.current === undefined) {
      report({ message: "reading the flake" })
      this.outside.memory?.clear()
      this.current = openEvaluatedFleet({
        setup: this.setup,
        files: this.files,
        sources: this.sources,
        caches: this.caches,
        instantiations: this.instantiations,
        // While somebody types, the source keeps its name, so that only the file that they type in is read anew.
        keepNames: this.unsaved.size > 0,
        ...(this.cancel === undefined ? {} : { cancel: this.cancel }),
        ...this.outside,
        code: this.code,
      })
    }
    return this.current
  }

  outline(report: Report): FleetOutline {
    const { root, listedContainers } = this.fleet(report)
    return { root, containers: listedContainers }
  }

  importers(aspects: readonly AspectName[], report: Report): readonly string[] {
    return this.fleet(report).importers(aspects)
  }

  load(report: Report): Fleet {
    return this.fleet(report).describe(report)
  }

  hosts(report: Report): readonly Host[] {
    return this.fleet(report).hosts(report)
  }

  aspects(report: Report): FleetAspects {
    const fleet = this.fleet(report)
    report({ message: "reading the modules of all hosts" })
    return { hosts: fleet.hostList.hosts.map(({ name }) => name), aspects: fleet.aspects }
  }

  vars(hosts: readonly string[] | undefined, report: Report): readonly VarFile[] {
    const fleet = this.fleet(report)
    report({ message: "reading vars" })
    const { hosts: all, failures } = fleet.hostList
    // A fleet without vars is nothing special, one without hosts because its flake fails is.
    if (all.length === 0 && failures.length > 0) throw new Error(fleet.explain(failures[0].error))
    return hosts === undefined ? fleet.vars : fleet.vars.filter(({ host }) => hosts.includes(host))
  }

  definedIn(files: readonly string[], report: Report): readonly (readonly string[])[] {
    return this.fleet(report).definedIn(files.map(bytesOf))
  }

  systems(
    hosts: readonly string[] | undefined,
    options: readonly (readonly string[])[],
    report: Report,
  ): readonly SystemSnapshot[] {
    return systemSnapshots(this.fleet(report), hosts, options, report)
  }

  option(
    path: string,
    hosts: readonly string[] | undefined,
    report: Report,
    aspects?: readonly AspectName[],
  ): OptionAnswer {
    return optionOnHosts(this.fleet(report), path, hosts, report, aspects)
  }

  check(report: Report): readonly Finding[] {
    return answerCheck(this.fleet(report), undefined, report)
  }

  why(path: string, report: Report): FileRole {
    report({ message: `looking for ${path}` })
    return this.fleet(report).why(bytesOf(path))
  }

  packages(report: Report): Packages {
    return this.fleet(report).packages(report)
  }

  wanted(report: Report): readonly SourceRequest[] {
    const { flake, wanted } = this.fleet(report)
    const requests = new Map(wanted)
    for (const { problem, locked } of flake.inputs.filter(({ name }) => !name.includes("/"))) {
      const request = problem === undefined || locked === undefined ? undefined : requestFor(locked)
      if (request !== undefined) requests.set(JSON.stringify(request), request)
    }
    return [...requests.values()]
  }

  lock(report: Report): Lock {
    const { flake } = this.fleet(report)
    const wrong = flake.problems.find(
      ({ severity, code }) => severity === "error" && code !== "flake-input-missing",
    )
    if (wrong !== undefined) throw new Error(wrong.message)
    return { root: textOfBytes(flake.root), text: textOfBytes(lockText(flake.lock)) }
  }

  wantedBuild(derivation: string, report: Report): WantedOutput | undefined {
    const drvPath = bytesOf(derivation)
    const fleet = this.fleet(report)
    // Thrown away by an edit since it was named: what is checked comes to it again.
    if (!fleet.ev.store.derivations.has(drvPath)) answerCheck(fleet, undefined, report)
    const { store } = fleet.ev
    const [output] = store.derivations.get(drvPath)?.outputs.keys() ?? []
    const outPath = output === undefined ? undefined : store.outPath(drvPath, output)
    if (output === undefined || outPath === undefined) return undefined
    return { drvPath, output, outPath, closure: () => store.closure(drvPath) }
  }

  deployFacts(report: Report): DeployedFleet {
    const fleet = this.fleet(report)
    const described = fleet.describe(report)
    return {
      fleet: described,
      clan: fleet.isClan,
      ...(fleet.flake.isFlakeless ? { flakeless: true as const } : {}),
      vars: fleet.vars,
      broken: fleet.packages(report).broken,
    }
  }

  setFile(path: string, text: string | undefined): void {
    if (text === undefined) this.unsaved.delete(path)
    else this.unsaved.add(path)
    this.files.setText(bytesOf(path), text)
    this.current = undefined
  }

  filesChanged(paths: readonly string[]): void {
    for (const path of paths) this.files.forget(bytesOf(path))
    this.current = undefined
  }
}
