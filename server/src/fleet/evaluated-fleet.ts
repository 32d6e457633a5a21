// What is known of a fleet in one state of its files. Everything is computed when first asked for, and kept until a file
// changes.
//
// What is kept is data. The values that it is read off, handles of hosts among them, come and go between two questions, see
// `Evaluation`: they are asked for each time, and never kept.

import { Attrs, type EvalError, type Evaluator } from "../eval/index.js"
import { allModules, moduleGraph } from "../modules/index.js"
import { containersOf, importersOf, importsOneOf, listAspects, wantedAspect } from "./aspects.js"
import { concernedHosts } from "./check/concerned-hosts.js"
import { type ErrorSurroundings, placeOfError } from "./check/error-place.js"
import { errorSummary } from "./check/error-summary.js"
import { Evaluation, type FleetState, type LeftOut } from "./evaluation.js"
import type { OpenFlake } from "./flake/flake.js"
import { type VarFile, varFiles } from "./frameworks/clan-vars.js"
import { describeHost, type HostHandle, type HostList } from "./hosts.js"
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
import { type PackageReport, packagesAnswer, reportPackages } from "./packages/packages.js"
import type { Report } from "./session/session-port.js"
import { isIgnored } from "./sources/git-ignore.js"
import { findRepository } from "./sources/git-repository.js"
import type { SourceRequest } from "./sources/source-supply.js"
import type { SourceFile, SourceFiles } from "./texts/source-files.js"
import { roleOfFile } from "./why-file.js"

export class EvaluatedFleet {
  /** Findings about the options of hosts, as far as they were checked. */
  readonly checked = new Map<string, readonly Finding[]>()
  private readonly evaluation: Evaluation
  private readonly known: {
    sourceFiles?: readonly SourceFile[]
    containers?: readonly AspectContainer[]
    machines?: ReadonlyMap<string, MachineFacts>
    uses?: ReadonlyMap<string, readonly ModuleUse[]>
    graphs?: boolean
    aspects?: readonly Aspect[]
    hosts?: readonly Host[]
    vars?: readonly VarFile[]
    packages?: PackageReport
  } = {}

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

  /** See `Evaluation`. */
  makeRoom(): void {
    this.evaluation.makeRoom()
  }

  /** Hosts by name, or all of them. */
  named(names: readonly string[] | undefined): readonly HostHandle[] {
    const { hosts } = this.hostList
    return names === undefined ? hosts : hosts.filter(({ name }) => names.includes(name))
  }

  /** The same, one after the other. What one needed can go before the next is taken. */
  *oneByOne(names?: readonly string[]): Iterable<HostHandle> {
    const count = this.named(names).length
    for (let i = 0; i < count; i++) {
      this.makeRoom()
      yield this.named(names)[i]
    }
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
    return (this.known.containers ??= containersOf(this.evaluation.moduleOptions))
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
      const { moduleOptions } = this.evaluation
      const isOwn = (file: string) => file.startsWith(`${this.flake.sourceRoot}/`)
      this.known.aspects = listAspects(this.ev, moduleOptions, importers, this.moduleFile, isOwn)
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
    const wanted = aspects.map(aspect => wantedAspect(this.ev, aspect, this.evaluation.moduleOptions))
    return Array.from(this.oneByOne(), host =>
      importsOneOf(wanted, host, this.containers) ? [host.name] : [],
    ).flat()
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

  /** Why nothing is known about a host although it evaluates: a file that it is made of has mistakes, and was only run up to them. */
  unknownBecause(host: HostHandle): string | undefined {
    for (const [seen, faults] of this.ev.faultyFiles)
      if (this.concerned(this.realPath(seen)).includes(host.name)) return this.explain(faults[0])
    return undefined
  }

  /** Hosts that a file has a say in. */
  concerned(path: string): readonly string[] {
    const names = this.hostList.hosts.map(({ name }) => name)
    if (this.leftOut.has(path)) return names
    const hosts = this.concernedBy.get(path) ?? concernedHosts(path, { ...this.surroundings, hosts: names })
    this.concernedBy.set(path, hosts)
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
    const graphs = this.evaluation.configurations.flatMap(made => moduleGraph(this.ev, made) ?? [])
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

  /** Packages that the named hosts cannot have, or any, and those that come from another channel. */
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

  packages(report: Report): Packages {
    return packagesAnswer(this.packageReport(undefined, report))
  }
}
