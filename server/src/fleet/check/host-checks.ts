// What a check asks of every host: what is wrong with its options, which vars it has, and which packages are not available. One
// visit of a host answers all three.

import { Attrs, type Evaluator } from "../../eval/index.js"
import { attempt } from "../../modules/index.js"
import type { FleetModules } from "../aspects/fleet-modules.js"
import type { Files } from "../files.js"
import type { OpenFlake } from "../flake/flake.js"
import { type VarFile, varFiles } from "../frameworks/clan-vars.js"
import type { HostFacts } from "../hosts/host-facts.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { HostVisits, RoomOf } from "../hosts/host-visits.js"
import { systemDerivation } from "../hosts/system-path.js"
import type { Finding } from "../model.js"
import { PackageSurvey } from "../packages/package-survey.js"
import type { PackageReport } from "../packages/packages.js"
import type { Report } from "../session/session-port.js"
import type { SourceFile } from "../texts/source-files.js"
import type { FleetErrors } from "./fleet-errors.js"
import { HostErrors } from "./host-errors.js"
import { fileOfHost } from "./host-file.js"
import { BegunCheck, checkHost } from "./option-check.js"
import { OtherClasses } from "./other-class.js"

/** Megabytes that all options set by the fleet take on a machine with a home. A home alone needs half, so a few may stay. */
const forCheck: RoomOf = hostClass => (hostClass === "homeManager" ? { beyond: 150 } : { needed: 600 })

/** The same when a whole system is evaluated afterwards. */
const forSystem: RoomOf = () => ({ needed: 1500 })

/** What is checked. */
export interface CheckedHosts {
  /** Names; undefined for all. */
  readonly hosts?: readonly string[] | undefined
  /** Whether the derivation of each whole system is evaluated as well, which takes as long again. */
  readonly systems?: boolean | undefined
}

/** What is needed of a fleet to check its hosts. */
interface FleetOfHosts {
  readonly root: string
  readonly ev: Evaluator
  readonly flake: OpenFlake
  readonly files: Files
  readonly sourceFiles: readonly SourceFile[]
  readonly modules: FleetModules
  readonly errors: FleetErrors
}

export class HostChecks {
  /** What is wrong with options. */
  private readonly checked: HostFacts<readonly Finding[]>
  /** The same, and why the whole system does not evaluate. */
  private readonly withSystems: HostFacts<readonly Finding[]>
  private readonly varsOfHosts: HostFacts<readonly VarFile[]>
  private readonly otherClasses: OtherClasses
  private knownSurvey: PackageSurvey | undefined
  /** The check of a host that was interrupted, or that ended last. */
  private begun: { readonly place: number; readonly check: BegunCheck } | undefined

  constructor(
    private readonly fleet: FleetOfHosts,
    private readonly visits: HostVisits,
  ) {
    this.checked = visits.factsOf((host, place) => this.check(host, place), forCheck)
    this.withSystems = visits.factsOf(
      (host, place) => this.withSystem(host, this.checked.at(place, host)),
      forSystem,
    )
    this.otherClasses = new OtherClasses(fleet, visits)
    this.varsOfHosts = visits.factsOf(host => varFiles(fleet.ev, host, fleet.root, fleet.files))
  }

  /** What is wrong with the options of some hosts, and if that is wanted with their systems. */
  findings({ hosts: names, systems = false }: CheckedHosts, report: Report): readonly Finding[] {
    const total = this.visits.names.length
    // This reads the modules of all hosts, so it comes before one of them is held.
    this.survey()
    return (systems ? this.withSystems : this.checked)
      .of(this.visits.among(names), ({ name }, done) => report({ message: `checking ${name}`, done, total }))
      .flat()
      .map(finding => this.otherClasses.explained(finding))
  }

  /** A finding in a module of the flake, which says of an option that is not there if hosts have it. */
  explainedOfFlake(finding: Finding): Finding {
    return this.otherClasses.explainedOfFlake(finding)
  }

  /** Vars of the named hosts, or of all. */
  vars(names?: readonly string[]): readonly VarFile[] {
    return this.varsOfHosts.of(this.visits.among(names)).flat()
  }

  /** Packages that are not available on the named hosts, or on any, and packages from other channels. */
  packages(names: readonly string[] | undefined, report: Report): PackageReport {
    report({ message: "evaluating packages" })
    return this.survey().report(this.visits.among(names))
  }

  /** What is wrong with the options of a host that is being visited. */
  options(host: HostHandle, begun = new BegunCheck()): readonly Finding[] {
    const { ev, flake, errors } = this.fleet
    return checkHost({ ...errors.surroundings, ev, problems: flake.problems }, host, begun)
  }

  /** Reads vars and packages in passing: a check asks for them next, when the values of the host may be gone. */
  private check(host: HostHandle, place: number): readonly Finding[] {
    if (this.begun?.place !== place) this.begun = { place, check: new BegunCheck() }
    const found = this.options(host, this.begun.check)
    this.varsOfHosts.at(place, host)
    this.survey().at(place, host)
    // Nothing about a host with a faulty file can be relied on.
    return this.fleet.errors.unknownBecause(host.name) === undefined ? found : []
  }

  /** Adds why the system of a host does not evaluate. Where an option fails, the system does so for the same reason. */
  private withSystem(host: HostHandle, found: readonly Finding[]): readonly Finding[] {
    const { ev, flake, errors } = this.fleet
    const isWrong =
      found.some(({ severity }) => severity === "error") || errors.unknownBecause(host.name) !== undefined
    const configuration = host.configuration()
    if (isWrong || !(configuration instanceof Attrs)) return found
    const { error } = attempt(ev, () => systemDerivation(ev, configuration, host.class))
    if (error === undefined) return found
    const around = { ...errors.surroundings, problems: flake.problems }
    const failing = new HostErrors(around, [host.name])
    failing.add(error, fileOfHost(around, host.name))
    return [...found, ...failing.findings()]
  }

  private survey(): PackageSurvey {
    const { fleet } = this
    return (this.knownSurvey ??= new PackageSurvey(
      {
        files: fleet.sourceFiles,
        containers: fleet.modules.containers,
        uses: fleet.modules.uses,
        revisionOf: input => fleet.flake.inputs.find(({ name }) => name === input)?.rev ?? "",
      },
      read => this.visits.factsOf(host => read(fleet.ev, host)),
    ))
  }
}
