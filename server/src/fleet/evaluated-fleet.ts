// What is known of a fleet in one state of its files. Everything is computed when first asked for, and kept until a file
// changes.
//
// What is kept is data. The values that it is read off, handles of hosts among them, come and go between two questions, see
// `Evaluation`: they are asked for each time, and never kept.

import { Attrs, type EvalError, type Evaluator } from "../eval/index.js"
import { allModules, moduleGraph } from "../modules/index.js"
import { importsOneOf } from "./aspects/aspect-importers.js"
import { FleetModules } from "./aspects/fleet-modules.js"
import { type ModuleUse, moduleUses } from "./aspects/module-uses.js"
import { concernedHosts } from "./check/concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./check/error-place.js"
import { errorSummary } from "./check/error-summary.js"
import { checkHost } from "./check/option-check.js"
import { Evaluation, type FleetState, type LeftOut } from "./evaluation.js"
import type { OpenFlake } from "./flake/flake.js"
import { lockedInputs } from "./flake/flake-inputs.js"
import { FleetPaths } from "./fleet-paths.js"
import { type VarFile, varFiles } from "./frameworks/clan-vars.js"
import { describeHost } from "./hosts/describe-host.js"
import type { HostFacts } from "./hosts/host-facts.js"
import { modulesOfHost } from "./hosts/host-modules.js"
import { HostVisits } from "./hosts/host-visits.js"
import { type HostHandle, type HostList, hostOutputs } from "./hosts/hosts.js"
import { type MachineFacts, machineFacts } from "./hosts/machine-facts.js"
import type {
  AspectName,
  FileRole,
  Finding,
  Fleet,
  FleetOutline,
  Host,
  ListedFleet,
  LockedInput,
  Packages,
} from "./model.js"
import { PackageSurvey } from "./packages/package-survey.js"
import { type PackageReport, packagesAnswer } from "./packages/packages.js"
import type { Report } from "./session/session-port.js"
import { isIgnored } from "./sources/git-ignore.js"
import { findRepository } from "./sources/git-repository.js"
import type { SourceRequest } from "./sources/source-supply.js"
import type { SourceFile, SourceFiles } from "./texts/source-files.js"
import { roleOfFile } from "./why-file.js"

/** What all options that the fleet sets take on a host with a home, in MB. */
const CHECK_MB = 600

export class EvaluatedFleet {
  private readonly evaluation: Evaluation
  private readonly visits: HostVisits
  readonly paths: FleetPaths
  readonly modules: FleetModules
  private readonly described: HostFacts<Host>
  /** What is wrong with options. */
  private readonly checked: HostFacts<readonly Finding[]>
  private readonly varsOfHosts: HostFacts<readonly VarFile[]>
  private readonly known: {
    sourceFiles?: readonly SourceFile[]
    machines?: ReadonlyMap<string, MachineFacts>
    packages?: PackageSurvey
  } = {}

  /** Hosts that a file has a say in, by the file's path. */
  private readonly concernedBy = new Map<string, readonly string[]>()

  /** Opens the flake and lists its hosts; evaluates none of them. @throws Cancelled */
  constructor(
    private readonly state: FleetState,
    private readonly leftOut: LeftOut = new Map(),
  ) {
    this.evaluation = new Evaluation(state, leftOut)
    this.visits = new HostVisits(this.evaluation)
    this.paths = new FleetPaths(this.evaluation, state.files)
    this.modules = new FleetModules(this.evaluation, this.paths, this.visits)
    this.described = this.visits.factsOf(host => this.describeHost(host))
    this.checked = this.visits.factsOf((host, place) => this.checkHost(host, place), CHECK_MB)
    this.varsOfHosts = this.visits.factsOf(host => varFiles(this.ev, host, this.root, state.files))
  }

  get flake(): OpenFlake {
    return this.evaluation.flake
  }

  get hostList(): HostList {
    return this.evaluation.hostList
  }

  get ev(): Evaluator {
    return this.flake.evaluator
  }

  get root(): string {
    return this.flake.root
  }

  get inputs(): readonly LockedInput[] {
    return lockedInputs(this.flake.lock)
  }

  /** Hosts by name, or all of them. */
  named(names: readonly string[] | undefined): readonly HostHandle[] {
    return this.hostList.hosts.filter((_, place) => this.visits.among(names)(place))
  }

  /** The same, one after the other. What one needed can go before the next is taken. */
  *oneByOne(names?: readonly string[]): Iterable<HostHandle> {
    // Who is concerned by mistakes in files is asked of all hosts: better before one is held than meanwhile.
    if (!this.visits.isVisiting && this.ev.faultyFiles.size > 0) void this.modules.uses
    for (const [, host] of this.visits.visit(this.visits.among(names))) yield host
  }

  /** Sources that evaluation wanted so far and that are not here. */
  get wanted(): ReadonlyMap<string, SourceRequest> {
    return this.evaluation.wanted
  }

  get sources(): SourceFiles {
    return this.state.sources
  }

  /** Whether options are looked at to the last of their values before they are called right. */
  get isThorough(): boolean {
    return this.state.setup.thorough === true
  }

  /** Every .nix file of the fleet itself. */
  get sourceFiles(): readonly SourceFile[] {
    return (this.known.sourceFiles ??= this.readSources())
  }

  private readSources(): SourceFile[] {
    const { files, sources } = this.state
    if (files.kindOf(this.root) !== "directory") return []
    return sources.list(this.root, this.flake.holds).flatMap(path => sources.get(path) ?? [])
  }

  /** Real paths of the fleet's own files that evaluation came across, that git does not track and that it is not told to ignore. */
  get untracked(): readonly string[] {
    const { files } = this.state
    const repository = findRepository(files, this.flake.sourceRoot)
    if (repository === undefined) return []
    const own = [...this.evaluation.untracked].filter(path => path.startsWith(`${repository.top}/`))
    return own.filter(path => !isIgnored(files, repository, path.slice(repository.top.length + 1)))
  }

  private get machines(): ReadonlyMap<string, MachineFacts> {
    const { self } = this.flake
    return (this.known.machines ??= self instanceof Attrs ? machineFacts(this.ev, self) : new Map())
  }

  /** Whether clan knows the fleet's machines, and so deploys them. */
  get isClan(): boolean {
    return [...this.machines.values()].some(({ deployer }) => deployer === "clan")
  }

  /** Vars of the named hosts, or of all. */
  vars(names?: readonly string[]): readonly VarFile[] {
    return this.varsOfHosts.of(this.visits.among(names)).flat()
  }

  /** Names of the hosts that import one of some aspects. */
  importers(aspects: readonly AspectName[]): string[] {
    const wanted = aspects.map(aspect => this.modules.wanted(aspect))
    return Array.from(this.oneByOne(), host =>
      importsOneOf(wanted, host, this.modules.containers) ? [host.name] : [],
    ).flat()
  }

  /** What is known before any host is evaluated. */
  get outline(): ListedFleet {
    const { root, inputs } = this
    const { names: hostNames } = this.visits
    return { root, containers: this.modules.listedContainers, inputs, hostNames, ...this.emptiness }
  }

  private get emptiness(): Pick<FleetOutline, "noHosts"> {
    if (this.visits.names.length > 0) return {}
    const [failure] = this.hostList.failures
    const noHosts =
      failure === undefined
        ? `none of the outputs ${hostOutputs.join(", ")} names one`
        : this.explain(failure.error).split("\n", 1)[0]
    return { noHosts }
  }

  /** All of the fleet in one piece of data. */
  describe(report: Report): Fleet {
    const hosts = this.hosts(report)
    const { aspects, containers } = this.modules
    return { root: this.root, hosts, aspects, containers, inputs: this.inputs, ...this.emptiness }
  }

  /** What each of the named hosts is, or of all. */
  hosts(report: Report, names?: readonly string[]): readonly Host[] {
    const total = this.visits.names.length
    return this.described.of(this.visits.among(names), ({ name }, done) =>
      report({ message: `evaluating ${name}`, done, total }),
    )
  }

  private describeHost(host: HostHandle): Host {
    const described = describeHost(this.ev, host, {
      root: this.root,
      sources: this.sources,
      containers: this.modules.containers,
      realPath: this.paths.realPath,
      madeByFramework: this.isClan,
      machine: name => this.machines.get(name),
      explain: error => this.explain(error),
    })
    const unknown = this.unknownBecause(host.name)
    return unknown === undefined ? described : { ...described, error: unknown }
  }

  /** Paths that files set in their modules, relative to the fleet's folder. */
  definedIn(files: readonly string[]): readonly (readonly string[])[] {
    return files.flatMap(name => {
      const file = this.sources.get(`${this.root}/${name}`)
      return file === undefined
        ? []
        : this.sources.sitesOf(file, this.modules.containers).map(({ path }) => path)
    })
  }

  /** Why nothing is known about a host although it evaluates: a file that it is made of has mistakes, and was only run up to them. */
  unknownBecause(host: string): string | undefined {
    for (const [seen, faults] of this.ev.faultyFiles)
      if (this.concerned(this.paths.realPath(seen)).includes(host)) return this.explain(faults[0])
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

  /** An error in words, and where it can be mended. */
  explain(error: EvalError): string {
    const place = placeOfError(error, this.surroundings)
    return errorSummary(error, this.paths, place && { file: place.file, ...place.range.start })
  }

  /** The fleet's own files. Which options hold aspects and who is made of what is found out when that is asked. */
  get surroundings(): ErrorSurroundings {
    const fleet = this
    return {
      root: this.root,
      realPath: this.paths.realPath,
      moduleFile: this.paths.moduleFile,
      sources: this.sources,
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

  /** Configurations that evaluating the outputs made: flake-parts' own among them, hosts not. */
  get configurations(): readonly Attrs[] {
    return this.evaluation.configurations
  }

  /** What a file is to the fleet. */
  why(path: string): FileRole {
    const { files } = this.state
    const graphs = this.configurations.flatMap(made => moduleGraph(this.ev, made) ?? [])
    return roleOfFile(path, {
      root: this.root,
      sources: this.sources,
      files: this.sourceFiles,
      uses: this.paths.isOwn(path) ? this.modules.uses : this.usesOf(path),
      outer: new Set(Array.from(allModules(graphs), ({ file }) => this.paths.moduleFile(file))),
      holds: this.flake.holds,
      exists: file => files.kindOf(file) !== undefined,
    })
  }

  /** Uses of a file that is not the fleet's own, of which nothing is kept. */
  private usesOf(path: string): ReadonlyMap<string, readonly ModuleUse[]> {
    const { moduleFile } = this.paths
    const modules = Array.from(this.oneByOne(), host =>
      modulesOfHost(host, file => moduleFile(file) === path),
    )
    return moduleUses(modules, moduleFile)
  }

  /** What is wrong with the options of the named hosts, or of all. */
  findings(names: readonly string[] | undefined, report: Report): readonly Finding[] {
    const total = this.visits.names.length
    // Wants to know of all hosts what they are made of: better before one is held.
    this.survey()
    return this.checked
      .of(this.visits.among(names), ({ name }, done) => report({ message: `checking ${name}`, done, total }))
      .flat()
  }

  /** Reads vars and packages in passing: whoever checks asks for them next, when the host may be gone. */
  private checkHost(host: HostHandle, place: number): readonly Finding[] {
    const found = this.checkOptions(host)
    this.varsOfHosts.at(place, host)
    this.survey().at(place, host)
    // Of a host that is made of a file with mistakes, nothing that evaluation says can be relied on.
    return this.unknownBecause(host.name) === undefined ? found : []
  }

  /** What is wrong with the options of a host that is being visited. */
  checkOptions(host: HostHandle): readonly Finding[] {
    return checkHost({ ...this.surroundings, ev: this.ev, problems: this.flake.problems }, host)
  }

  /** Packages that the named hosts cannot have, or any, and those that come from another channel. */
  packageReport(names: readonly string[] | undefined, report: Report): PackageReport {
    report({ message: "evaluating packages" })
    return this.survey().report(this.visits.among(names))
  }

  packages(report: Report): Packages {
    return packagesAnswer(this.packageReport(undefined, report))
  }

  private survey(): PackageSurvey {
    return (this.known.packages ??= new PackageSurvey(
      {
        files: this.sourceFiles,
        containers: this.modules.containers,
        uses: this.modules.uses,
        revisionOf: input => this.flake.inputs.find(({ name }) => name === input)?.rev ?? "",
      },
      read => this.visits.factsOf(host => read(this.ev, host)),
    ))
  }
}
