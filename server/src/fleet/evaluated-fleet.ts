// What is known about a fleet in one state of its files. Everything is computed when it is first asked for, and kept until a file
// changes.
//
// Only data is kept. The values it is read from, including handles of hosts, may be dropped between two questions (see
// `Evaluation`), so they are asked for anew each time.

import { Attrs, type EvalError, type Evaluator } from "../eval/index.js"
import { allModules, moduleGraph } from "../modules/index.js"
import { importsOneOf } from "./aspects/aspect-importers.js"
import { FleetModules } from "./aspects/fleet-modules.js"
import { type ModuleUse, moduleUses } from "./aspects/module-uses.js"
import { FleetErrors } from "./check/fleet-errors.js"
import { HostChecks } from "./check/host-checks.js"
import { Evaluation, type FleetState, type LeftOut } from "./evaluation.js"
import type { Files } from "./files.js"
import type { OpenFlake } from "./flake/flake.js"
import { lockedInputs } from "./flake/flake-inputs.js"
import { FleetPaths } from "./fleet-paths.js"
import { type RoleMember, rolesOfNobody } from "./frameworks/clan.js"
import { isForSystems } from "./frameworks/flake-parts.js"
import { isIgnored } from "./git/git-ignore.js"
import { findRepository } from "./git/git-repository.js"
import { describeHost } from "./hosts/describe-host.js"
import type { HostFacts } from "./hosts/host-facts.js"
import type { HostHandle } from "./hosts/host-handle.js"
import { modulesOfHost } from "./hosts/host-modules.js"
import { HostVisits, type RoomOf } from "./hosts/host-visits.js"
import { type HostList, hostOutputs } from "./hosts/hosts.js"
import { type MachineFacts, machineFacts } from "./hosts/machine-facts.js"
import type {
  AspectName,
  FileRole,
  Fleet,
  FleetOutline,
  Host,
  ListedFleet,
  LockedInput,
  Packages,
} from "./model.js"
import { packagesAnswer } from "./packages/packages.js"
import type { Report } from "./session/session-port.js"
import type { SourceRequest } from "./sources/source-supply.js"
import type { SourceFile, SourceFiles } from "./texts/source-files.js"
import { roleOfFile } from "./why-file.js"

export class EvaluatedFleet {
  private readonly evaluation: Evaluation
  private readonly visits: HostVisits
  readonly paths: FleetPaths
  readonly modules: FleetModules
  readonly errors: FleetErrors
  readonly checks: HostChecks
  private readonly described: HostFacts<Host>
  private readonly known: {
    sourceFiles?: readonly SourceFile[]
    machines?: ReadonlyMap<string, MachineFacts>
  } = {}

  /** Opens the flake and lists its hosts; evaluates none of them. @throws Cancelled */
  constructor(
    private readonly state: FleetState,
    leftOut: LeftOut = new Map(),
  ) {
    this.evaluation = new Evaluation(state, leftOut)
    this.visits = new HostVisits(this.evaluation)
    this.paths = new FleetPaths(this.evaluation, state.files)
    this.modules = new FleetModules(this.evaluation, this.paths, this.visits)
    this.described = this.visits.factsOf(host => this.describeHost(host))
    this.errors = new FleetErrors(this, this.visits, leftOut)
    this.checks = new HostChecks(this, this.visits)
  }

  get flake(): OpenFlake {
    return this.evaluation.flake
  }

  get hostList(): HostList {
    return this.evaluation.hostList
  }

  /** As of `Evaluation`. */
  release(): void {
    this.evaluation.release()
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

  /** The same, one after the other: what one host needed may be dropped before the next is taken. */
  *oneByOne(names?: readonly string[], roomOf?: RoomOf): Iterable<HostHandle> {
    // Which hosts a faulty file concerns takes a look at all hosts: better now than while one of them is held.
    if (!this.visits.isVisiting && this.ev.faultyFiles.size > 0) void this.modules.uses
    for (const [, host] of this.visits.visit(this.visits.among(names), roomOf)) yield host
  }

  /** Sources that evaluation wanted so far and that are not here. */
  get wanted(): ReadonlyMap<string, SourceRequest> {
    return this.evaluation.wanted
  }

  /** Real paths of the files that evaluation imported so far. */
  get imported(): ReadonlySet<string> {
    return this.evaluation.imported
  }

  get files(): Files {
    return this.state.files
  }

  get sources(): SourceFiles {
    return this.state.sources
  }

  /** Whether all values of an option are evaluated before it counts as right. */
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

  /** Real paths of the fleet's own files that evaluation came across, and that git neither tracks nor ignores. */
  get untracked(): readonly string[] {
    const { files } = this.state
    const repository = findRepository(files, this.flake.sourceRoot)
    if (repository === undefined) return []
    const own = [...this.evaluation.untracked].filter(path => path.startsWith(`${repository.top}/`))
    return own.filter(path => !isIgnored(files, repository, path.slice(repository.top.length + 1)))
  }

  /** Roles of clan's services that no machine has. */
  get rolesOfNobody(): readonly RoleMember[] {
    const { self } = this.flake
    return self instanceof Attrs ? rolesOfNobody(this.ev, self) : []
  }

  private get machines(): ReadonlyMap<string, MachineFacts> {
    const { self } = this.flake
    return (this.known.machines ??= self instanceof Attrs ? machineFacts(this.ev, self) : new Map())
  }

  /** Whether clan knows the fleet's machines, and so deploys them. */
  get isClan(): boolean {
    return [...this.machines.values()].some(({ deployer }) => deployer === "clan")
  }

  /** Names of the hosts that import one of some aspects; undefined if nobody knows them (see `FleetModules.holds`). */
  importers(aspects: readonly AspectName[]): string[] | undefined {
    if (aspects.every(isForSystems)) return []
    const wanted = aspects.map(aspect => this.modules.wanted(aspect))
    const importers = Array.from(this.oneByOne(), host =>
      importsOneOf(wanted, host, this.modules.containers) ? [host.name] : [],
    ).flat()
    const isKnown = importers.length > 0 || aspects.some(aspect => this.modules.holds(aspect))
    return isKnown ? importers : undefined
  }

  /** What is known before any host is evaluated. */
  get outline(): ListedFleet {
    const { root, inputs } = this
    const { names: hostNames } = this.visits
    const { lockFailure } = this.flake
    const unlocked = lockFailure === undefined ? {} : { unlocked: lockFailure }
    return {
      root,
      containers: this.modules.listedContainers,
      inputs,
      hostNames,
      ...this.emptiness,
      ...unlocked,
    }
  }

  private get emptiness(): Pick<FleetOutline, "noHosts"> {
    if (this.visits.names.length > 0) return {}
    const [failure] = this.hostList.failures
    const noHosts =
      failure === undefined
        ? `none of the outputs ${hostOutputs.join(", ")} names one`
        : this.explained(failure.error)
    return { noHosts }
  }

  /** The whole fleet as data. */
  describe(report: Report): Fleet {
    const hosts = this.hosts(report)
    const { aspects, containers } = this.modules
    const { root, inputs, emptiness, gap } = this
    return { root, hosts, aspects, containers, inputs, ...emptiness, ...gap }
  }

  private get gap(): Pick<Fleet, "incomplete"> {
    const error = this.hostList.failures[0]?.error ?? this.errors.inUnreadPart
    return error === undefined ? {} : { incomplete: this.explained(error) }
  }

  /** An error on one line. */
  private explained(error: EvalError): string {
    return this.errors.explain(error).split("\n", 1)[0]
  }

  /** Describes the named hosts, or all. */
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
      explain: error => this.errors.explain(error),
    })
    const unknown = this.errors.unknownBecause(host.name)
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

  /** Configurations that evaluating the outputs made: flake-parts' own among them, hosts not. */
  get configurations(): readonly Attrs[] {
    return this.evaluation.configurations
  }

  /** What part a file has in the fleet. */
  why(path: string): FileRole {
    const { files } = this.state
    const graphs = this.configurations.flatMap(made => moduleGraph(this.ev, made) ?? [])
    return roleOfFile(path, {
      root: this.root,
      sources: this.sources,
      files: this.sourceFiles,
      uses: this.paths.isOwn(path) ? this.modules.uses : this.usesOf(path),
      outer: new Set(Array.from(allModules(graphs), ({ file }) => this.paths.moduleFile(file))),
      imports: file => this.imported.has(file),
      holds: this.flake.holds,
      exists: file => files.kindOf(file) !== undefined,
    })
  }

  /** Uses of a file outside of the fleet. Nothing is kept about those, so all hosts are read again. */
  private usesOf(path: string): ReadonlyMap<string, readonly ModuleUse[]> {
    const { moduleFile } = this.paths
    const modules = Array.from(this.oneByOne(), host =>
      modulesOfHost(host, file => moduleFile(file) === path),
    )
    return moduleUses(modules, moduleFile)
  }

  packages(report: Report): Packages {
    return packagesAnswer(this.checks.packages(undefined, report))
  }
}
