// What is known of a fleet in one state of its files. Everything is computed when first asked for, and kept until a file
// changes.
//
// What is kept is data. The values that it is read off, handles of hosts among them, come and go between two questions, see
// `Evaluation`: they are asked for each time, and never kept.

import { Attrs, type EvalError, type Evaluator } from "../eval/index.js"
import { allModules, moduleGraph } from "../modules/index.js"
import { splitAttrPath } from "./aspect-path.js"
import {
  containersOf,
  type HeldAspects,
  heldAspects,
  importersOf,
  importsOneOf,
  listAspects,
  type WantedAspect,
  wantedAspect,
} from "./aspects.js"
import { concernedHosts } from "./check/concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./check/error-place.js"
import { errorSummary } from "./check/error-summary.js"
import { checkHost } from "./check/option-check.js"
import { describeHost } from "./describe-host.js"
import { Evaluation, type FleetState, type LeftOut } from "./evaluation.js"
import type { OpenFlake } from "./flake/flake.js"
import { type VarFile, varFiles } from "./frameworks/clan-vars.js"
import { HostFacts } from "./host-facts.js"
import { type HostModules, modulesOfHost } from "./host-modules.js"
import type { HostHandle, HostList } from "./hosts.js"
import { LateAspects } from "./late-aspects.js"
import { type MachineFacts, machineFacts } from "./machine-facts.js"
import type {
  Aspect,
  AspectContainer,
  AspectName,
  FileRole,
  Finding,
  Fleet,
  Host,
  Packages,
} from "./model.js"
import { type ModuleUse, moduleUses } from "./module-uses.js"
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
  private readonly known: {
    sourceFiles?: readonly SourceFile[]
    containers?: readonly AspectContainer[]
    machines?: ReadonlyMap<string, MachineFacts>
    isListing?: boolean
    uses?: ReadonlyMap<string, readonly ModuleUse[]>
    aspects?: readonly Aspect[]
    names?: readonly string[]
    packages?: PackageSurvey
  } = {}

  /** What the hosts are made of. */
  private readonly modules = this.factsOf(host => this.readModules(host))
  private readonly lateAspects = new LateAspects()
  private readonly described = this.factsOf(host => this.describeHost(host))
  /** What is wrong with their options. */
  private readonly checked = this.factsOf((host, place) => this.checkHost(host, place), CHECK_MB)
  private readonly varsOfHosts = this.factsOf(host => varFiles(this.ev, host, this.root, this.state.files))
  /** Hosts that are being visited. */
  private visits = 0

  /** Hosts that a file has a say in, by the file's path. */
  private readonly concernedBy = new Map<string, readonly string[]>()

  /** Opens the flake and lists its hosts; evaluates none of them. @throws Cancelled */
  constructor(
    private readonly state: FleetState,
    private readonly leftOut: LeftOut = new Map(),
  ) {
    this.evaluation = new Evaluation(state, leftOut)
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

  /** See `Evaluation`. What a host is made of stays while the host is being visited. */
  makeRoom(ahead = 0): void {
    if (this.visits === 0) this.evaluation.makeRoom(ahead)
  }

  /** Hosts by name, or all of them. */
  named(names: readonly string[] | undefined): readonly HostHandle[] {
    const { hosts } = this.hostList
    return names === undefined ? hosts : hosts.filter(({ name }) => names.includes(name))
  }

  /** The same, one after the other. What one needed can go before the next is taken. */
  *oneByOne(names?: readonly string[]): Iterable<HostHandle> {
    // Who is concerned by mistakes in files is asked of all hosts: better before one is held than meanwhile.
    if (this.visits === 0 && this.ev.faultyFiles.size > 0) this.uses
    for (const [, host] of this.visit(this.isAmong(names))) yield host
  }

  /** As `oneByOne`, for some places in the list of hosts; `ahead` as in `Evaluation`. */
  private *visit(isWanted: (place: number) => boolean, ahead = 0): Iterable<readonly [number, HostHandle]> {
    for (let place = 0; place < this.hostNames.length; place++) {
      if (!isWanted(place)) continue
      this.makeRoom(ahead)
      this.visits++
      try {
        yield [place, this.hostList.hosts[place]]
      } finally {
        this.visits--
      }
    }
  }

  /** Facts that are read off every host. */
  private factsOf<T>(read: (host: HostHandle, place: number) => T, ahead = 0): HostFacts<T> {
    return new HostFacts(isWanted => this.visit(isWanted, ahead), read)
  }

  get hostNames(): readonly string[] {
    return (this.known.names ??= this.hostList.hosts.map(({ name }) => name))
  }

  /** Sources that evaluation wanted so far and that are not here. */
  get wanted(): ReadonlyMap<string, SourceRequest> {
    return this.evaluation.wanted
  }

  get root(): string {
    return this.flake.root
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

  /** From a path as evaluation sees it to the file on disk. */
  get realPath(): (seen: string) => string {
    return this.evaluation.realPath
  }

  /**
   * The file of a module by the name that the module system gives it. A folder stands for its default.nix: for the fleet's
   * own, so that there is a line to go to; those of inputs keep the name that Nix says.
   */
  get moduleFile(): (seen: string) => string {
    const known = new Map<string, string>()
    return seen => {
      const path = known.get(seen) ?? this.withDefault(this.realPath(seen))
      known.set(seen, path)
      return path
    }
  }

  private withDefault(path: string): string {
    const isOwnFolder = path.startsWith(`${this.root}/`) && this.state.files.kindOf(path) === "directory"
    return isOwnFolder ? `${path}/default.nix` : path
  }

  /** What is known of containers before any host is evaluated. */
  get listedContainers(): readonly AspectContainer[] {
    return this.known.containers ?? containersOf(this.evaluation.listedOptions)
  }

  get containers(): readonly AspectContainer[] {
    return (this.known.containers ??= this.isListingAspects
      ? containersOf(this.evaluation.listedOptions)
      : this.heldAspects.containers)
  }

  /** Whether listing the hosts makes the options that hold aspects. Where it makes none, evaluating the hosts may. */
  private get isListingAspects(): boolean {
    return (this.known.isListing ??= this.evaluation.listedOptions.length > 0)
  }

  private get heldAspects(): HeldAspects {
    if (this.isListingAspects) return heldAspects(this.ev, this.evaluation.listedOptions, this.moduleFile)
    this.modules.all()
    return this.lateAspects.held
  }

  private readModules(host: HostHandle): HostModules {
    const { moduleFile, ev, evaluation } = this
    const modules = modulesOfHost(host, file => moduleFile(file).startsWith(`${this.root}/`))
    if (!this.isListingAspects)
      this.lateAspects.add(modules, labels => heldAspects(ev, evaluation.lateOptions(labels), moduleFile))
    return modules
  }

  private get machines(): ReadonlyMap<string, MachineFacts> {
    const { self } = this.flake
    return (this.known.machines ??= self instanceof Attrs ? machineFacts(this.ev, self) : new Map())
  }

  /** Whether clan knows the fleet's machines, and so deploys them. */
  get isClan(): boolean {
    return [...this.machines.values()].some(({ deployer }) => deployer === "clan")
  }

  /** Which hosts each file is a module of. */
  get uses(): ReadonlyMap<string, readonly ModuleUse[]> {
    return (this.known.uses ??= moduleUses(this.modules.all(), this.moduleFile))
  }

  /** Whether it is known of every host what it is made of. */
  get graphsKnown(): boolean {
    return this.modules.all().every(({ known }) => known)
  }

  get aspects(): readonly Aspect[] {
    if (this.known.aspects === undefined) {
      const importers = importersOf(this.modules.all(), this.containers)
      const isOwn = (file: string) => file.startsWith(`${this.flake.sourceRoot}/`)
      this.known.aspects = listAspects(this.heldAspects, importers, isOwn)
    }
    return this.known.aspects
  }

  /** Vars of the named hosts, or of all. */
  vars(names?: readonly string[]): readonly VarFile[] {
    return this.varsOfHosts.of(this.isAmong(names)).flat()
  }

  /** Names of the hosts that import one of some aspects. */
  importers(aspects: readonly AspectName[]): string[] {
    const wanted = aspects.map(aspect => this.wantedAspect(aspect))
    return Array.from(this.oneByOne(), host =>
      importsOneOf(wanted, host, this.containers) ? [host.name] : [],
    ).flat()
  }

  /** An aspect, to ask which configurations may have it. */
  wantedAspect(aspect: AspectName): WantedAspect {
    return wantedAspect(this.ev, aspect, this.evaluation.listedAt(splitAttrPath(aspect.option)))
  }

  /** All of the fleet in one piece of data. */
  describe(report: Report): Fleet {
    const hosts = this.hosts(report)
    return { root: this.root, hosts, aspects: this.aspects, containers: this.containers }
  }

  /** What each host is. */
  hosts(report: Report): readonly Host[] {
    const total = this.hostNames.length
    return this.described.all(({ name }, done) => report({ message: `evaluating ${name}`, done, total }))
  }

  private describeHost(host: HostHandle): Host {
    const described = describeHost(this.ev, host, {
      root: this.root,
      sources: this.sources,
      containers: this.containers,
      realPath: this.realPath,
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
      return file === undefined ? [] : this.sources.sitesOf(file, this.containers).map(({ path }) => path)
    })
  }

  /** Why nothing is known about a host although it evaluates: a file that it is made of has mistakes, and was only run up to them. */
  unknownBecause(host: string): string | undefined {
    for (const [seen, faults] of this.ev.faultyFiles)
      if (this.concerned(this.realPath(seen)).includes(host)) return this.explain(faults[0])
    return undefined
  }

  /** Hosts that a file has a say in. */
  concerned(path: string): readonly string[] {
    if (this.leftOut.has(path)) return this.hostNames
    let hosts = this.concernedBy.get(path)
    if (hosts === undefined) {
      hosts = concernedHosts(path, { ...this.surroundings, hosts: this.hostNames })
      this.concernedBy.set(path, hosts)
    }
    return hosts
  }

  /** An error in words, and where it can be mended. */
  explain(error: EvalError): string {
    const place = placeOfError(error, this.surroundings)
    return errorSummary(error, this, place && { file: place.file, ...place.range.start })
  }

  /** The fleet's own files. Which options hold aspects and who is made of what is found out when that is asked. */
  get surroundings(): ErrorSurroundings {
    const fleet = this
    return {
      root: this.root,
      realPath: this.realPath,
      moduleFile: this.moduleFile,
      sources: this.sources,
      get files() {
        return fleet.sourceFiles
      },
      get containers() {
        return fleet.containers
      },
      get uses() {
        return fleet.uses
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
    const isInside = path.startsWith(`${this.root}/`)
    const graphs = this.configurations.flatMap(made => moduleGraph(this.ev, made) ?? [])
    return roleOfFile(path, {
      root: this.root,
      sources: this.sources,
      files: this.sourceFiles,
      uses: isInside ? this.uses : this.usesOf(path),
      outer: new Set(Array.from(allModules(graphs), ({ file }) => this.moduleFile(file))),
      holds: this.flake.holds,
      exists: file => files.kindOf(file) !== undefined,
    })
  }

  /** Uses of a file that is not the fleet's own, of which nothing is kept. */
  private usesOf(path: string): ReadonlyMap<string, readonly ModuleUse[]> {
    const { moduleFile } = this
    const modules = Array.from(this.oneByOne(), host =>
      modulesOfHost(host, file => moduleFile(file) === path),
    )
    return moduleUses(modules, moduleFile)
  }

  /** What is wrong with the options of the named hosts, or of all. */
  findings(names: readonly string[] | undefined, report: Report): readonly Finding[] {
    const total = this.hostNames.length
    // Wants to know of all hosts what they are made of: better before one is held.
    this.survey()
    return this.checked
      .of(this.isAmong(names), ({ name }, done) => report({ message: `checking ${name}`, done, total }))
      .flat()
  }

  /** Reads vars and packages in passing: whoever checks asks for them next, when the host may be gone. */
  private checkHost(host: HostHandle, place: number): readonly Finding[] {
    const { surroundings, ev } = this
    const found = checkHost({ ...surroundings, ev, problems: this.flake.problems }, host)
    this.varsOfHosts.at(place, host)
    this.survey().at(place, host)
    // Of a host that is made of a file with mistakes, nothing that evaluation says can be relied on.
    return this.unknownBecause(host.name) === undefined ? found : []
  }

  /** Packages that the named hosts cannot have, or any, and those that come from another channel. */
  packageReport(names: readonly string[] | undefined, report: Report): PackageReport {
    report({ message: "evaluating packages" })
    return this.survey().report(this.isAmong(names))
  }

  packages(report: Report): Packages {
    return packagesAnswer(this.packageReport(undefined, report))
  }

  private survey(): PackageSurvey {
    return (this.known.packages ??= new PackageSurvey(
      {
        files: this.sourceFiles,
        containers: this.containers,
        uses: this.uses,
        revisionOf: input => this.flake.inputs.find(({ name }) => name === input)?.rev ?? "",
      },
      read => this.factsOf(host => read(this.ev, host)),
    ))
  }

  private isAmong(names: readonly string[] | undefined): (place: number) => boolean {
    return place => names?.includes(this.hostNames[place]) ?? true
  }
}
