// The values of an evaluated fleet: the flake, its hosts, and all configurations that were made on the way.
//
// Values may take gigabytes. They can be dropped between any two questions (`makeRoom`) and are evaluated again when the next one
// needs them. Callers keep what they read from values, and never the values.

import { Attrs, type CodeCache, type EvalError } from "../eval/index.js"
import type { ModuleOption } from "../modules/index.js"
import { lateModuleOptions, moduleOptionsOf } from "./aspects/options-with-aspects.js"
import { type Files, OverlaidFiles } from "./files.js"
import { type FlakeCaches, type OpenFlake, type OpenSettings, openFlake } from "./flake/flake.js"
import { type HostList, listHosts } from "./hosts/hosts.js"
import type { FleetSetup } from "./session/session-port.js"
import type { SourceRequest } from "./sources/source-supply.js"
import type { SourceFiles } from "./texts/source-files.js"

/** What a fleet is evaluated from. `code`, `caches` and `storeMemory` outlive the evaluation. */
export interface FleetState
  extends Pick<
    OpenSettings,
    "keepNames" | "cancel" | "supply" | "builds" | "storeMemory" | "flakelessMachine"
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
  /**
   * Whether so much is in use that values should be dropped as soon as possible.
   * @param ahead megabytes that are known to be needed next
   */
  isCrowded(ahead: number): boolean
  /** Megabytes of values. */
  megabytes(): number
  /** Drops every value. */
  clear(): void
  /** Drops every value and frees all that only values need. Takes as long as a short question. */
  empty(): void
}

/** Files that are read as if they were `{ }`: real path to what fails in it. */
export type LeftOut = ReadonlyMap<string, EvalError>

/** The values of one evaluation, and everything that refers to them. */
interface Evaluated {
  readonly flake: OpenFlake
  readonly hostList: HostList
  /** Configurations that evaluating the outputs made: flake-parts' own among them, hosts not. */
  readonly configurations: readonly Attrs[]
  /** Those that were made later, hosts and their submodules among them. */
  readonly lateConfigurations: readonly Attrs[]
  listed?: readonly ModuleOption[]
}

export class Evaluation {
  /** Undefined after values were dropped, until somebody asks again. */
  private current: Evaluated | undefined

  /** What earlier evaluations came across, whose values were dropped. */
  private readonly metBefore = {
    untracked: new Set<string>(),
    wanted: new Map<string, SourceRequest>(),
    faultyFiles: new Map<string, readonly EvalError[]>(),
    importedFiles: new Set<string>(),
  }

  /** Opens the flake and lists its hosts; evaluates none of them. @throws Cancelled */
  constructor(
    private readonly state: FleetState,
    private readonly leftOut: LeftOut,
  ) {
    this.current = this.evaluate()
  }

  private get evaluated(): Evaluated {
    return (this.current ??= this.evaluate())
  }

  private evaluate(): Evaluated {
    const { setup, sources, memory, files, ...settings } = this.state
    const { leftOut } = this
    const whole = leftOut.size === 0
    const configurations: Attrs[] = []
    const lateConfigurations: Attrs[] = []
    let listing = true
    const flake = openFlake(setup, whole ? files : withEmptySets(files, leftOut.keys()), {
      ...settings,
      sharesPackageSets: true,
      // Leaving out a file must not change the store path of the source.
      ...(whole ? {} : { keepNames: true }),
      lenient: seen => realPath(flake, seen).startsWith(`${flake.root}/`),
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
        : { hosts: [], failures: [{ output: "outputs", error: self }], outputs: [] }
    listing = false
    for (const [path, faults] of this.metBefore.faultyFiles) evaluator.faultyFiles.set(path, faults)
    return { flake, hostList, configurations, lateConfigurations }
  }

  /**
   * Drops all values if memory is crowded. To be called between hosts and between questions: afterwards all values and all handles
   * of hosts are void. What was read from them is still known.
   * @param ahead megabytes that the next host or question is known to need
   */
  makeRoom(ahead: number): void {
    const { memory } = this.state
    if (this.current === undefined || memory?.isCrowded(ahead) !== true) return
    const { untracked, wanted, evaluator } = this.current.flake
    for (const path of untracked) this.metBefore.untracked.add(path)
    for (const [key, request] of wanted) this.metBefore.wanted.set(key, request)
    for (const path of evaluator.files.imported) this.metBefore.importedFiles.add(path)
    for (const [path, faults] of evaluator.faultyFiles) this.metBefore.faultyFiles.set(path, faults)
    this.release()
    // Before anything else: evaluating again may be cancelled, and then nobody must hold void values.
    this.current = undefined
    memory.empty()
  }

  /** Megabytes of values; 0 where nobody counts them. */
  get megabytes(): number {
    return this.state.memory?.megabytes() ?? 0
  }

  /** To be called when nothing is going to be evaluated with these values any longer. */
  release(): void {
    this.current?.flake.evaluator.io.release?.()
  }

  get flake(): OpenFlake {
    return this.evaluated.flake
  }

  get hostList(): HostList {
    return this.evaluated.hostList
  }

  /** Configurations that evaluating the outputs made: flake-parts' own among them, hosts not. */
  get configurations(): readonly Attrs[] {
    return this.evaluated.configurations
  }

  /** The options with aspects among the configurations that listing the hosts made. */
  get listedOptions(): readonly ModuleOption[] {
    const { evaluated } = this
    return (evaluated.listed ??= moduleOptionsOf(evaluated.flake.evaluator, evaluated.configurations))
  }

  /** The same at one path only: looking for all of them takes a tenth of a hover. */
  listedAt(path: readonly string[]): readonly ModuleOption[] {
    const { listed, flake, configurations } = this.evaluated
    return listed ?? moduleOptionsOf(flake.evaluator, configurations, path)
  }

  /**
   * The same among the configurations that evaluating a host made.
   * @param labels the labels of its modules
   */
  lateOptions(labels: Iterable<string>): readonly ModuleOption[] {
    const { flake, lateConfigurations } = this.evaluated
    return lateModuleOptions(flake.evaluator, labels, lateConfigurations)
  }

  /** Sources that evaluation wanted so far and that are not here. */
  get wanted(): ReadonlyMap<string, SourceRequest> {
    return new Map([...this.metBefore.wanted, ...this.flake.wanted])
  }

  /** Real paths of files that evaluation came across so far and that git does not track. */
  get untracked(): ReadonlySet<string> {
    return new Set([...this.metBefore.untracked, ...this.flake.untracked])
  }

  /** Real paths of the files that evaluation imported so far. */
  get imported(): ReadonlySet<string> {
    const seen = [...this.metBefore.importedFiles, ...this.flake.evaluator.files.imported]
    return new Set(seen.map(this.realPath))
  }

  /** From a path as evaluation sees it to the file on disk. */
  get realPath(): (seen: string) => string {
    return seen => realPath(this.flake, seen)
  }
}

/** The same files, with `{ }` in place of some. */
function withEmptySets(files: Files, paths: Iterable<string>): Files {
  const overlaid = new OverlaidFiles(files)
  for (const path of paths) overlaid.setText(path, "{ }")
  return overlaid
}

/** A copy of a copy is rare. */
const COPIES = 8

/** The file on disk. Some frameworks copy the whole flake (`builtins.path`) and import the copy, which is followed back. */
function realPath({ evaluator, mounts }: OpenFlake, seen: string): string {
  let path = seen
  for (let copies = 0; copies < COPIES; copies++) {
    const content = evaluator.store.contentAt(path)
    if (content?.kind !== "elsewhere") break
    path = content.path
  }
  return mounts.realPath(path)
}
