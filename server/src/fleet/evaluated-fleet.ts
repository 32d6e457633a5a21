// A fleet evaluated from one state of its files. Everything is computed when first asked for, and kept until a file changes.
//
// What evaluation makes (values, handles of hosts) is one thing, what was read off it (data, lists of files) another: the
// former may take gigabytes and can be dropped at any time between two questions, see `makeRoom`; the latter stays.

import { Attrs, type CodeCache, type EvalError, type Evaluator } from "../eval/index.js"
import { allModules, attempt, type ModuleOption, moduleGraph } from "../modules/index.js"
import {
  containersOf,
  importersOf,
  importsOneOf,
  lateModuleOptions,
  listAspects,
  moduleOptionsOf,
} from "./aspects.js"
import { bestPlace, type Wanted } from "./attribute-places.js"
import { concernedHosts } from "./concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./error-place.js"
import { errorMessage, errorSummary } from "./error-summary.js"
import { type Files, OverlaidFiles } from "./files.js"
import { type FlakeCaches, type OpenFlake, type OpenSettings, openFlake } from "./flake.js"
import { type VarFile, varFiles } from "./frameworks/clan-vars.js"
import { isIgnored } from "./git-ignore.js"
import { findRepository } from "./git-repository.js"
import { describeHost, type HostHandle, type HostList, listHosts } from "./hosts.js"
import { type MachineFacts, machineFacts } from "./machine-facts.js"
import type {
  Aspect,
  AspectContainer,
  AspectName,
  FileRole,
  Finding,
  Fleet,
  Host,
  OptionAnswer,
  Packages,
  SourcePlace,
} from "./model.js"
import { type ModuleUse, moduleUses } from "./module-uses.js"
import { answerOption, type Places } from "./option-answer.js"
import { type PackageReport, packagesAnswer, reportPackages } from "./packages.js"
import type { FleetSetup, Report } from "./session-port.js"
import { type SourceFile, type SourceFiles, sourceRange } from "./source-files.js"
import type { SourceRequest } from "./source-supply.js"
import { type SystemSnapshot, systemSnapshot } from "./system-snapshot.js"
import { roleOfFile } from "./why-file.js"

/** What a fleet is evaluated from. `code`, `caches` and `instantiations` outlive it. */
export interface FleetState
  extends Pick<
    OpenSettings,
    "keepNames" | "cancel" | "supply" | "builds" | "instantiations" | "flakelessMachine"
  > {
  readonly setup: FleetSetup
  readonly files: Files
  readonly sources: SourceFiles
  readonly code: CodeCache
  readonly caches: FlakeCaches
  readonly memory?: Memory
}

/** The memory that values are in. */
export interface Memory {
  /** Whether so much of it is in use that values should go as soon as they can. */
  isCrowded(): boolean
  /** Drops every value. */
  clear(): void
}

/** What evaluation made, with everything that refers to values. */
interface Evaluated {
  readonly flake: OpenFlake
  readonly hostList: HostList
  /** Configurations that evaluating the outputs made: flake-parts' own among them, hosts not. */
  readonly configurations: readonly Attrs[]
  /** Those that were made later, hosts and their submodules among them. */
  readonly lateConfigurations: readonly Attrs[]
  listed?: readonly ModuleOption[]
  options?: readonly ModuleOption[]
}

/** Files that are left out to find hosts. */
const MOST_LEFT_OUT = 5

export class EvaluatedFleet {
  /** Findings about the options of hosts, as far as they were checked. */
  readonly checked = new Map<string, readonly Finding[]>()
  /** Nothing after values were dropped, until somebody asks. */
  private current: Evaluated | undefined
  private known: {
    sourceFiles?: readonly SourceFile[]
    containers?: readonly AspectContainer[]
    machines?: ReadonlyMap<string, MachineFacts>
    uses?: ReadonlyMap<string, readonly ModuleUse[]>
    graphs?: boolean
    aspects?: readonly Aspect[]
    hosts?: readonly Host[]
    vars?: readonly VarFile[]
    concerned?: Map<string, readonly string[]>
    packages?: PackageReport
  } = {}

  /** Met by evaluations whose values were dropped. */
  private readonly metBefore = {
    untracked: new Set<string>(),
    wanted: new Map<string, SourceRequest>(),
    faultyFiles: new Map<string, readonly EvalError[]>(),
  }

  /** Files without which there are hosts, and with which there are none: real path to what fails in it. */
  private leftOut: ReadonlyMap<string, EvalError> = new Map()

  /** Opens the flake and lists its hosts; evaluates none of them. @throws Cancelled */
  constructor(private readonly state: FleetState) {
    this.current = this.evaluate()
    if (this.hostList.hosts.length === 0) this.leaveOut()
  }

  /**
   * Finds the hosts of a flake of which nothing can be evaluated, as flake-parts leaves none when one of its files is no
   * module: without the files that fail. What those say then concerns every host, as it does for Nix.
   */
  private leaveOut(): void {
    const whole = this.evaluated
    const leftOut = new Map<string, EvalError>()
    while (this.hostList.hosts.length === 0 && leftOut.size < MOST_LEFT_OUT) {
      const [failure] = this.hostList.failures
      const file = failure && placeOfError(failure.error, this.surroundings)?.file
      if (file === undefined || leftOut.has(file) || file === `${this.root}/flake.nix`) break
      this.leftOut = leftOut.set(file, failure.error)
      this.known = {}
      this.current = this.evaluate()
    }
    if (this.hostList.hosts.length > 0) return
    this.current = whole
    this.leftOut = new Map()
    this.known = {}
  }

  private get evaluated(): Evaluated {
    return (this.current ??= this.evaluate())
  }

  private evaluate(): Evaluated {
    const { setup, sources, memory, files: all, ...others } = this.state
    const { leftOut } = this
    const files = leftOut.size === 0 ? all : withEmptySets(all, leftOut.keys())
    // The source is not another one for it.
    const settings = leftOut.size === 0 ? others : { ...others, keepNames: true }
    const configurations: Attrs[] = []
    const lateConfigurations: Attrs[] = []
    let listing = true
    const flake = openFlake(setup, files, {
      ...settings,
      lenient: seen => flake.mounts.realPath(original(flake, seen)).startsWith(`${flake.root}/`),
      onConfiguration: configuration => {
        const list = listing ? configurations : lateConfigurations
        list.push(configuration)
      },
    })
    const { self, evaluator, mounts } = flake
    for (const [file, error] of leftOut) evaluator.faultyFiles.set(mounts.seenPath(file) ?? file, [error])
    const hostList =
      self instanceof Attrs
        ? listHosts(evaluator, self)
        : { hosts: [], failures: [{ output: "outputs", error: self }] }
    listing = false
    for (const [path, faults] of this.metBefore.faultyFiles) evaluator.faultyFiles.set(path, faults)
    return { flake, hostList, configurations, lateConfigurations }
  }

  /**
   * Drops what was evaluated if that has become much. To be called between hosts and between questions: all values, and all
   * handles of hosts, are void afterwards. What was read off them stays known.
   */
  makeRoom(): void {
    const { memory } = this.state
    if (this.current === undefined || memory?.isCrowded() !== true) return
    const { untracked, wanted, evaluator } = this.current.flake
    for (const path of untracked) this.metBefore.untracked.add(path)
    for (const [key, request] of wanted) this.metBefore.wanted.set(key, request)
    for (const [path, faults] of evaluator.faultyFiles) this.metBefore.faultyFiles.set(path, faults)
    // First of all: evaluating anew may be cancelled, and void values must be nobody's then.
    this.current = undefined
    memory.clear()
  }

  get flake(): OpenFlake {
    return this.evaluated.flake
  }

  get hostList(): HostList {
    return this.evaluated.hostList
  }

  get sources(): SourceFiles {
    return this.state.sources
  }

  /** Sources that evaluation wanted so far and that are not here. */
  get wanted(): ReadonlyMap<string, SourceRequest> {
    return new Map([...this.metBefore.wanted, ...this.flake.wanted])
  }

  get ev(): Evaluator {
    return this.flake.evaluator
  }

  get root(): string {
    return this.flake.root
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
    const met = new Set([...this.metBefore.untracked, ...this.flake.untracked])
    const own = [...met].filter(path => path.startsWith(`${repository.top}/`))
    return own.filter(path => !isIgnored(files, repository, path.slice(repository.top.length + 1)))
  }

  get realPath(): (seen: string) => string {
    return seen => this.flake.mounts.realPath(original(this.flake, seen))
  }

  /**
   * The file of a module by the name that the module system gives it. A folder stands for its default.nix: for the fleet's
   * own, so that there is a line to go to; those of inputs keep the name that Nix says.
   */
  private get moduleFile(): (seen: string) => string {
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

  /** Options that hold aspects, as far as listing the hosts made them. */
  private get listedOptions(): readonly ModuleOption[] {
    return (this.evaluated.listed ??= moduleOptionsOf(this.ev, this.evaluated.configurations))
  }

  /** Options that hold aspects. Where listing the hosts made none, evaluating the hosts may. */
  get moduleOptions(): readonly ModuleOption[] {
    const { evaluated, listedOptions, hostList } = this
    return (evaluated.options ??=
      listedOptions.length > 0
        ? listedOptions
        : lateModuleOptions(this.ev, hostList.hosts, evaluated.lateConfigurations))
  }

  /** What is known of containers before any host is evaluated. */
  get listedContainers(): readonly AspectContainer[] {
    return this.known.containers ?? containersOf(this.listedOptions)
  }

  get containers(): readonly AspectContainer[] {
    return (this.known.containers ??= containersOf(this.moduleOptions))
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
    return (this.known.uses ??= moduleUses(this.hostList.hosts, this.moduleFile))
  }

  /** Whether it is known of every host what it is made of. */
  get graphsKnown(): boolean {
    return (this.known.graphs ??= this.hostList.hosts.every(host => host.graph() !== undefined))
  }

  get aspects(): readonly Aspect[] {
    if (this.known.aspects === undefined) {
      const importers = importersOf(this.oneByOne(), this.containers)
      const isOwn = (file: string) => file.startsWith(`${this.flake.sourceRoot}/`)
      this.known.aspects = listAspects(this.ev, this.moduleOptions, importers, this.moduleFile, isOwn)
    }
    return this.known.aspects
  }

  get vars(): readonly VarFile[] {
    return (this.known.vars ??= Array.from(this.oneByOne(), host =>
      varFiles(this.ev, host, this.root, this.state.files),
    ).flat())
  }

  /** Names of the hosts that import one of some aspects. */
  importers(aspects: readonly AspectName[]): string[] {
    const names = this.hostList.hosts.map(({ name }) => name)
    return names.filter(name => {
      this.makeRoom()
      return this.named([name]).some(host => importsOneOf(aspects, host, this.containers))
    })
  }

  /** All of the fleet in one piece of data. */
  describe(report: Report): Fleet {
    const hosts = this.hosts(report)
    return { root: this.root, hosts, aspects: this.aspects, containers: this.containers }
  }

  /** What each host is; in a fleet of many, what one needed goes before the next. */
  hosts(report: Report): readonly Host[] {
    const total = this.hostList.hosts.length
    return (this.known.hosts ??= Array.from(this.oneByOne(), (host, done) => {
      report({ message: `evaluating ${host.name}`, done, total })
      return this.describeHost(host)
    }))
  }

  /** All hosts. What one needed can go before the next is taken. */
  private *oneByOne(): Iterable<HostHandle> {
    const count = this.hostList.hosts.length
    for (let i = 0; i < count; i++) {
      this.makeRoom()
      yield this.hostList.hosts[i]
    }
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
    const unknown = this.unknownBecause(host)
    return unknown === undefined ? described : { ...described, error: unknown }
  }

  /** Paths that files set in their modules, relative to the fleet's folder. */
  definedIn(files: readonly string[]): readonly (readonly string[])[] {
    return files.flatMap(name => {
      const file = this.sources.get(`${this.root}/${name}`)
      return file === undefined ? [] : this.sources.sitesOf(file, this.containers).map(({ path }) => path)
    })
  }

  /** The whole systems of hosts, one after the other. */
  systems(
    hosts: readonly string[] | undefined,
    options: readonly (readonly string[])[],
    report: Report,
  ): readonly SystemSnapshot[] {
    const asked = this.hostList.hosts.map(({ name }) => hosts === undefined || hosts.includes(name))
    return asked.flatMap((isAsked, i) => {
      if (!isAsked) return []
      this.makeRoom()
      const host = this.hostList.hosts[i]
      report({ message: `evaluating the system of ${host.name}`, done: i, total: asked.length })
      const whyNot = (error: EvalError | undefined) =>
        this.unknownBecause(host) ?? (error === undefined ? undefined : this.explain(error))
      return [systemSnapshot(this.ev, host, options, whyNot)]
    })
  }

  /** One option on the named hosts, or on all. Host by host, so that what one needed can go before the next. */
  option(
    path: string,
    hosts: readonly string[] | undefined,
    report: Report,
    aspects?: readonly AspectName[],
  ): OptionAnswer {
    report({ message: `evaluating ${path}` })
    const names = this.named(hosts).map(({ name }) => name)
    const answers = names.flatMap(name => {
      this.makeRoom()
      const containers = aspects === undefined ? [] : this.containers
      const question = { path, byName: hosts !== undefined, aspects, containers }
      return this.named([name]).flatMap(host => answerOption(this.ev, question, host, this.places))
    })
    return { path, hosts: answers }
  }

  /** Why nothing is known about a host although it evaluates: a file that it is made of has mistakes, and was only run up to them. */
  unknownBecause(host: HostHandle): string | undefined {
    for (const [seen, faults] of this.ev.faultyFiles)
      if (this.concerned(this.realPath(seen)).includes(host.name)) return this.explain(faults[0])
    return undefined
  }

  /** Hosts that a file has a say in. */
  concerned(path: string): readonly string[] {
    const known = (this.known.concerned ??= new Map())
    const names = this.hostList.hosts.map(({ name }) => name)
    if (this.leftOut.has(path)) return names
    const hosts = known.get(path) ?? concernedHosts(path, { ...this.surroundings, hosts: names })
    known.set(path, hosts)
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

  /** What a file is to the fleet. */
  why(path: string): FileRole {
    const { files } = this.state
    const graphs = this.evaluated.configurations.flatMap(made => moduleGraph(this.ev, made) ?? [])
    return roleOfFile(path, {
      root: this.root,
      sources: this.sources,
      files: this.sourceFiles,
      uses: this.uses,
      outer: new Set(Array.from(allModules(graphs), ({ file }) => this.moduleFile(file))),
      holds: this.flake.holds,
      exists: file => files.kindOf(file) !== undefined,
    })
  }

  packageReport(hosts: readonly string[] | undefined, report: Report): PackageReport {
    if (hosts === undefined && this.known.packages !== undefined) return this.known.packages
    report({ message: "evaluating packages" })
    const { ev, containers, uses, sourceFiles } = this
    const question = { ev, containers, uses, hosts: this.named(hosts), files: sourceFiles }
    const revisionOf = (input: string) => this.flake.inputs.find(({ name }) => name === input)?.rev ?? ""
    const found = reportPackages({ ...question, revisionOf })
    if (hosts === undefined) this.known.packages = found
    return found
  }

  packages(hosts: readonly string[] | undefined, report: Report): Packages {
    return packagesAnswer(this.packageReport(hosts, report))
  }

  /** Hosts by name, or all of them. */
  named(hosts: readonly string[] | undefined): readonly HostHandle[] {
    return hosts === undefined
      ? this.hostList.hosts
      : this.hostList.hosts.filter(({ name }) => hosts.includes(name))
  }

  private get places(): Places {
    return {
      thorough: this.state.setup.thorough === true,
      realPath: this.moduleFile,
      message: error => errorMessage(error, this),
      explain: error => this.explain(error),
      siteOf: (...place) => this.siteOf(...place),
      unknownBecause: host => this.unknownBecause(host),
    }
  }

  /** Where a file writes a definition. */
  private siteOf(
    path: string,
    wanted: Omit<Wanted, "near">,
    near: SourcePlace | undefined,
  ): SourcePlace | undefined {
    const file = attempt(this.ev, () => this.sources.get(path)).value
    if (file === undefined) return undefined
    const offset = near === undefined ? -1 : file.starts[near.line - 1] + near.column - 1
    const place = bestPlace(this.sources.placesOf(file), { ...wanted, near: offset }, file.text)
    if (place === undefined) return undefined
    const { start } = sourceRange(file, place.range).range
    return { file: path, line: start.line, column: start.column }
  }
}

/** The same files, of which some say nothing. */
function withEmptySets(files: Files, paths: Iterable<string>): Files {
  const overlaid = new OverlaidFiles(files)
  for (const path of paths) overlaid.setText(path, "{ }")
  return overlaid
}

/** A copy of a copy is rare. */
const COPIES = 8

/** Where a file lies that the program reads from a copy it made: frameworks copy the whole flake (`builtins.path`) and import that. */
function original({ evaluator }: OpenFlake, seen: string): string {
  let path = seen
  for (let copies = 0; copies < COPIES; copies++) {
    const content = evaluator.store.contentAt(path)
    if (content?.kind !== "elsewhere") break
    path = content.path
  }
  return path
}
