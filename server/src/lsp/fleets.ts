// The fleets of the workspace: found by their flake.nix, loaded and checked again after every pause in typing.
//
// Invariant: without trust there is no fleet here, so nothing is evaluated, whatever is asked.
// An edit reaches the evaluation thread at once (a hover asks about the latest text); loading and checking wait for a pause.

import { join } from "node:path"
import { Cancelled, log } from "../base/index.js"
import type { Finding, Fleet, FleetOutline, FleetPort, Lock, RequestOptions } from "../fleet/index.js"
import { type FetchResult, fetchMissing, isLocked } from "./fetching.js"
import { rootOf, rootsIn } from "./fleet-roots.js"
import { JoinedQuestions } from "./joined-questions.js"
import type { FleetEntry, FleetReport, FleetStatus, ServerSettings } from "./protocol.js"
import type { World } from "./world.js"

// A pause in typing: long enough not to start a check at every key, short enough to feel like an answer.
const pauseMs = 400

export interface FleetEvents {
  /** Something of `report()` is different. */
  changed(): void
  found(root: string, findings: readonly Finding[]): void
  /** Runs what a person waits for, and may want to see the progress of and to cancel: a first load, a download. */
  working<T>(
    title: string,
    signal: AbortSignal,
    work: (options: Required<RequestOptions>) => Promise<T>,
  ): Promise<T>
}

/** One fleet and how it is doing. */
export interface OpenFleet {
  readonly root: string
  readonly port: FleetPort
  status: FleetStatus
  outline: FleetOutline | undefined
  fleet: Fleet | undefined
  /** Called when the fleet has an outline, and when it is no longer loading. */
  readonly waiting: { readonly outline: (() => void)[]; readonly loaded: (() => void)[] }
  /** What hovers ask. */
  readonly hovers: JoinedQuestions
  /** Sources that were fetched, or could not be, as far as nobody asks for them again. */
  readonly tried: Set<string>
  /** Aborted when the fleet is closed. */
  readonly closed: AbortController
  /** Aborts the load and check that are under way. */
  refresh: AbortController
  timer: NodeJS.Timeout | undefined
}

export class Fleets {
  private readonly open = new Map<string, OpenFleet>()
  private readonly texts = new Map<string, string>()
  private folders: readonly string[] = []

  constructor(
    private readonly world: World,
    private readonly events: FleetEvents,
    private settings: ServerSettings,
    private trusted: boolean,
  ) {}

  /** Opens the fleets of the workspace's folders. */
  setFolders(folders: readonly string[]): void {
    this.folders = folders
    for (const folder of folders)
      for (const root of rootsIn(folder, this.world, this.settings.evaluation.hosts))
        this.ofPath(join(root, "flake.nix"))
    this.events.changed()
  }

  /** From now on fleets may be evaluated. */
  trust(): void {
    this.trusted = true
    this.setFolders(this.folders)
  }

  /** Other settings mean other evaluations: all fleets are opened anew. */
  setSettings(settings: ServerSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return
    this.settings = settings
    const roots = [...this.open.keys()]
    for (const root of roots) this.close(root)
    // Where hosts are may be among the settings.
    for (const root of roots) this.ofPath(join(root, "flake.nix"))
    this.setFolders(this.folders)
  }

  /** The fleet that the file at an absolute path belongs to; opens it when it is met for the first time. */
  ofPath(path: string): OpenFleet | undefined {
    const root = this.trusted ? this.rootOf(path) : undefined
    return root === undefined ? undefined : (this.open.get(root) ?? this.openAt(root))
  }

  /** The fleet at `root`, or the first one. */
  at(root: string | undefined): OpenFleet | undefined {
    return root === undefined ? this.open.values().next().value : this.open.get(root)
  }

  /** Resolves once the flake was evaluated or cannot be. Rejects with `Cancelled` when it is aborted before. */
  outlinedOnce(fleet: OpenFleet, signal: AbortSignal): Promise<void> {
    return fleet.outline === undefined ? waitIn(fleet.waiting.outline, fleet, signal) : Promise.resolve()
  }

  /** Resolves once the fleet was loaded or cannot be. Rejects with `Cancelled` when it is aborted before. */
  loadedOnce(fleet: OpenFleet, signal: AbortSignal): Promise<void> {
    return fleet.fleet === undefined ? waitIn(fleet.waiting.loaded, fleet, signal) : Promise.resolve()
  }

  report(): FleetReport {
    const fleets = [...this.open.values()].map(
      ({ root, status, fleet }): FleetEntry => ({ root, status, ...(fleet === undefined ? {} : { fleet }) }),
    )
    return { trusted: this.trusted, fleets }
  }

  /** Unsaved text of a file; undefined when it is as on disk again. */
  setText(path: string, text: string | undefined): void {
    if (text === undefined) this.texts.delete(path)
    else this.texts.set(path, text)
    for (const fleet of this.open.values()) {
      fleet.hovers.forget()
      fleet.port.setFile(path, text)
      this.refreshSoon(fleet)
    }
  }

  filesChanged(paths: readonly string[]): void {
    for (const fleet of this.open.values()) {
      fleet.hovers.forget()
      fleet.port.filesChanged(paths)
      this.refreshSoon(fleet)
    }
    // A flake.nix may have come to a folder that had none.
    this.setFolders(this.folders)
  }

  /** Reads what changed on disk, also where no watcher saw it, and evaluates it; `restart` throws away all that was computed. */
  refreshAll(restart: boolean): void {
    for (const fleet of this.open.values()) {
      fleet.hovers.forget()
      if (restart) fleet.port.restart()
      else fleet.port.filesChanged([fleet.root])
      void this.refresh(fleet)
    }
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.open.keys()].map(root => this.close(root)))
  }

  private rootOf(path: string): string | undefined {
    return rootOf(path, this.folders, this.world, this.settings.evaluation.hosts)
  }

  private openAt(root: string): OpenFleet {
    const { overrideInputs, hosts = {} } = this.settings.evaluation
    const port = this.world.connect({ root, offline: true, overrideInputs, hosts })
    const fleet: OpenFleet = {
      root,
      port,
      status: { kind: "loading" },
      outline: undefined,
      fleet: undefined,
      waiting: { outline: [], loaded: [] },
      hovers: new JoinedQuestions(),
      tried: new Set(),
      closed: new AbortController(),
      refresh: new AbortController(),
      timer: undefined,
    }
    port.onCrash(({ reason, willRestart }) => {
      if (willRestart) this.refreshSoon(fleet)
      else this.setStatus(fleet, { kind: "stopped", message: `evaluation stopped: ${reason}` })
    })
    this.open.set(root, fleet)
    for (const [path, text] of this.texts) port.setFile(path, text)
    void this.refresh(fleet)
    return fleet
  }

  private close(root: string): Promise<void> | undefined {
    const fleet = this.open.get(root)
    this.open.delete(root)
    if (fleet === undefined) return undefined
    clearTimeout(fleet.timer)
    fleet.refresh.abort()
    fleet.closed.abort()
    wake(fleet.waiting.outline, fleet.waiting.loaded)
    this.events.found(root, [])
    return fleet.port.dispose()
  }

  private refreshSoon(fleet: OpenFleet): void {
    fleet.refresh.abort()
    clearTimeout(fleet.timer)
    fleet.timer = setTimeout(() => void this.refresh(fleet), pauseMs)
  }

  /** Loads and checks. Never rejects: what goes wrong is the fleet's status. */
  private async refresh(fleet: OpenFleet): Promise<void> {
    fleet.refresh.abort()
    fleet.refresh = new AbortController()
    const { signal } = fleet.refresh
    this.setStatus(fleet, { kind: "loading" })
    try {
      const known = fleet.fleet !== undefined
      const load = (options: RequestOptions) => this.load(fleet, options)
      fleet.fleet = await (known
        ? load({ signal })
        : this.events.working(`Loading the fleet in ${fleet.root}`, signal, load))
      // Only the hosts may have shown where aspects are.
      fleet.outline = fleet.fleet
      this.setStatus(fleet, { kind: "ready" })
      this.events.found(fleet.root, await fleet.port.ask({ kind: "check" }, { signal }))
      if (!this.settings.evaluation.offline) await this.fetchUnasked(fleet, signal)
    } catch (error) {
      this.failed(fleet, signal, error)
    }
  }

  /** First what a hover needs, so that one that waits goes before the rest. */
  private async load(fleet: OpenFleet, options: RequestOptions): Promise<Fleet> {
    fleet.outline = await fleet.port.ask({ kind: "outline" }, options)
    wake(fleet.waiting.outline)
    return fleet.port.ask({ kind: "load" }, options)
  }

  /** What is missing comes by itself, once; while it comes, everything that does not need it answers. */
  private async fetchUnasked(fleet: OpenFleet, signal: AbortSignal): Promise<void> {
    const wanted = await fleet.port.ask({ kind: "wanted" }, { signal })
    if (wanted.every(request => !isLocked(request) || fleet.tried.has(JSON.stringify(request)))) return
    await this.fetchInputs(fleet, {}, false, fleet.closed.signal)
  }

  /** Fetches what the fleet lacks, and evaluates it again if anything came. */
  async fetchInputs(
    fleet: OpenFleet,
    tokens: Readonly<Record<string, string>>,
    again: boolean,
    signal: AbortSignal,
  ): Promise<FetchResult> {
    const result = await this.events.working(`Fetching inputs of ${fleet.root}`, signal, options =>
      fetchMissing(fleet, this.world, tokens, again, options),
    )
    log("fleet", () => `${fleet.root}: fetched ${result.fetched}, ${result.failures.join("; ")}`)
    if (result.fetched > 0) this.filesChanged([fleet.root])
    return result
  }

  /** The lock file that flake.nix wants now. Rejects with what is in the way. */
  async lock(fleet: OpenFleet, tokens: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Lock> {
    const { failures } = await this.fetchInputs(fleet, tokens, true, signal)
    if (failures.length > 0) throw new Error(failures.join("\n"))
    return fleet.port.ask({ kind: "lock" }, { signal })
  }

  /** Builds what evaluation imports, and evaluates again. A text says why that failed. */
  async build(fleet: OpenFleet, derivation: string, signal: AbortSignal): Promise<string | undefined> {
    if (!this.offersBuilds) return "the setting 'canopy.evaluation.builds' says never"
    const failure = await this.events.working(`Building ${derivation}`, signal, async options => {
      const staged = await fleet.port.ask({ kind: "stageBuild", derivation }, { signal: options.signal })
      if (staged === undefined) return "nothing needs it any more"
      return this.world.build(staged, options.signal)
    })
    if (failure === undefined) this.filesChanged([fleet.root])
    return failure
  }

  get offersBuilds(): boolean {
    return this.settings.evaluation.builds !== "never"
  }

  private failed(fleet: OpenFleet, signal: AbortSignal, error: unknown): void {
    log("fleet", () => `${fleet.root}: ${String(error)}`)
    // Aborted: what aborted it sets the status. Stopped: the crash has done so.
    if (signal.aborted || fleet.status.kind === "stopped") return
    const message = error instanceof Cancelled ? "loading was cancelled" : messageOf(error)
    this.setStatus(fleet, { kind: "failed", message })
  }

  private setStatus(fleet: OpenFleet, status: FleetStatus): void {
    if (this.open.get(fleet.root) !== fleet) return
    fleet.status = status
    if (status.kind !== "loading") wake(fleet.waiting.outline, fleet.waiting.loaded)
    this.events.changed()
  }
}

function waitIn(line: (() => void)[], { status }: OpenFleet, signal: AbortSignal): Promise<void> {
  if (status.kind !== "loading") return Promise.resolve()
  return new Promise((resolve, reject) => {
    line.push(resolve)
    signal.addEventListener("abort", () => reject(new Cancelled()))
  })
}

function wake(...lines: (() => void)[][]): void {
  for (const line of lines) for (const resolve of line.splice(0)) resolve()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
