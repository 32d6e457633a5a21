// One fleet of the workspace: loaded and checked again after every pause in typing, with its inputs fetched and its builds made
// where that is allowed.
//
// An edit reaches the evaluation thread at once (a hover asks about the latest text); loading and checking wait for a pause.
// A fleet whose settings changed is closed, and another one opened in its place.

import { basename } from "node:path"
import { Cancelled, log } from "../base/index.js"
import type {
  Finding,
  Fleet,
  FleetOutline,
  FleetPort,
  FleetSetup,
  Lock,
  RequestOptions,
} from "../fleet/index.js"
import { derivationName } from "../ide/index.js"
import { fetchMissing, isLocked } from "./fetching.js"
import { JoinedQuestions } from "./joined-questions.js"
import type { FetchReport, FleetStatus, ServerSettings } from "./protocol.js"
import type { World } from "./world.js"

// A pause in typing: long enough not to start a check at every key, short enough to feel like an answer.
const pauseMs = 400

export interface FleetEvents {
  /** Something of the report on all fleets is different. */
  changed(): void
  found(root: string, findings: readonly Finding[]): void
  /** Runs what a person waits for, and may want to see the progress of and to cancel: a first load, a download. */
  working<T>(
    title: string,
    signal: AbortSignal,
    work: (options: Required<RequestOptions>) => Promise<T>,
  ): Promise<T>
}

/** What a fleet is opened in. */
export interface Surroundings {
  readonly world: World
  readonly events: FleetEvents
  readonly settings: ServerSettings
  /** Told of files that the fleet itself made come: other fleets may read them too. */
  readonly filesCame: (paths: readonly string[]) => void
}

export class OpenFleet {
  status: FleetStatus = { kind: "loading" }
  /** Whether something goes on unasked, which `stop` would end. */
  isBusy = true
  outline: FleetOutline | undefined
  fleet: Fleet | undefined
  readonly port: FleetPort
  /** What hovers ask. */
  readonly hovers = new JoinedQuestions()
  /** Called when the fleet has an outline, and when it is no longer loading. */
  private readonly waiting = { outline: [] as (() => void)[], loaded: [] as (() => void)[] }
  /** Sources that were fetched, or could not be, as far as nobody asks for them again. */
  private readonly tried = new Set<string>()
  /** Aborted when the fleet is closed. */
  private readonly closed = new AbortController()
  /** Aborts the load and check that are under way, because others take their place. */
  private refreshing = new AbortController()
  /** Aborts them at the person's word. */
  private stopping = new AbortController()
  private fetching = new AbortController()
  private timer: NodeJS.Timeout | undefined
  /** Whether `fleet` is what the files say now. */
  private isCurrent = false

  /** @param texts unsaved ones, by path */
  constructor(
    readonly root: string,
    texts: ReadonlyMap<string, string>,
    private readonly around: Surroundings,
  ) {
    this.port = around.world.connect(setupOf(root, around.settings))
    this.port.onCrash(({ reason, willRestart }) => {
      if (willRestart) this.refreshSoon()
      else this.setStatus({ kind: "stopped", message: `evaluation stopped: ${reason}` })
    })
    for (const [path, text] of texts) this.port.setFile(path, text)
  }

  /** Begins to load. */
  start(): void {
    void this.refresh()
  }

  /** Resolves once the flake was evaluated or cannot be. Rejects with `Cancelled` when it is aborted before. */
  outlinedOnce(signal: AbortSignal): Promise<void> {
    return this.outline === undefined ? this.waitIn(this.waiting.outline, signal) : Promise.resolve()
  }

  /** Resolves once the fleet was loaded or cannot be. Rejects with `Cancelled` when it is aborted before. */
  loadedOnce(signal: AbortSignal): Promise<void> {
    return this.currentFleet === undefined ? this.waitIn(this.waiting.loaded, signal) : Promise.resolve()
  }

  /** The fleet as its files are now; undefined while it is being loaded, when `fleet` may still be the one before. */
  get currentFleet(): Fleet | undefined {
    return this.isCurrent ? this.fleet : undefined
  }

  private waitIn(line: (() => void)[], signal: AbortSignal): Promise<void> {
    if (this.status.kind !== "loading" && this.timer === undefined) return Promise.resolve()
    return new Promise((resolve, reject) => {
      line.push(resolve)
      signal.addEventListener("abort", () => reject(new Cancelled()))
    })
  }

  setText(path: string, text: string | undefined): void {
    this.forget()
    this.port.setFile(path, text)
    this.refreshSoon()
  }

  filesChanged(paths: readonly string[]): void {
    this.forget()
    this.port.filesChanged(paths)
    this.refreshSoon()
  }

  /** Reads what changed on disk, also where no watcher saw it, and evaluates it; `restart` throws away all that was computed. */
  evaluateAgain(restart: boolean): void {
    this.forget()
    if (restart) this.port.restart()
    else this.port.filesChanged([this.root])
    void this.refresh()
  }

  /** Ends what goes on unasked, at the person's word. It begins again with the next change. */
  stop(): void {
    if (this.timer !== undefined) void this.refresh()
    this.stopping.abort()
    this.fetching.abort()
  }

  private forget(): void {
    this.hovers.forget()
    this.isCurrent = false
  }

  close(): Promise<void> {
    clearTimeout(this.timer)
    this.refreshing.abort()
    this.closed.abort()
    wake(this.waiting.outline, this.waiting.loaded)
    this.around.events.found(this.root, [])
    return this.port.dispose()
  }

  private refreshSoon(): void {
    this.refreshing.abort()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.refresh(), pauseMs)
    this.setBusy(true)
  }

  /** Loads and checks. Never rejects: what goes wrong is the fleet's status. */
  private async refresh(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.refreshing.abort()
    this.refreshing = new AbortController()
    this.stopping = new AbortController()
    const { signal } = this.refreshing
    const stoppable = AbortSignal.any([signal, this.stopping.signal])
    this.isBusy = true
    this.setStatus({ kind: "loading" })
    try {
      const isKnown = this.fleet !== undefined
      this.fleet = await this.loadShown(stoppable, isKnown)
      this.isCurrent = true
      // Only the hosts may have shown where aspects are.
      this.outline = this.fleet
      this.setStatus({ kind: "ready" })
      await this.check(stoppable, !isKnown)
      if (!this.around.settings.evaluation.offline) await this.fetchUnasked(stoppable)
    } catch (error) {
      this.failed(signal, error)
    } finally {
      if (!signal.aborted) this.setBusy(false)
    }
  }

  /** The first time it is shown that it goes on. */
  private loadShown(signal: AbortSignal, isKnown: boolean): Promise<Fleet> {
    const load = (options: RequestOptions) => this.load(options)
    return isKnown
      ? load({ signal })
      : this.around.events.working(`Loading ${basename(this.root)}`, signal, load)
  }

  /** Shown the first time, too: no problems are no good news before it has ended. */
  private async check(signal: AbortSignal, isFirst: boolean): Promise<void> {
    const { events } = this.around
    const check = (options: RequestOptions) => this.port.ask({ kind: "check" }, options)
    const working = isFirst
      ? events.working(`Checking ${basename(this.root)}`, signal, check)
      : check({ signal })
    events.found(this.root, await working)
  }

  /** First what a hover needs, so that one that waits goes before the rest. */
  private async load(options: RequestOptions): Promise<Fleet> {
    this.outline = await this.port.ask({ kind: "outline" }, options)
    wake(this.waiting.outline)
    // Until a hover that waited has asked on: were loading begun before, it would have to be interrupted, which takes a tenth of
    // a second.
    await new Promise(asked => setImmediate(asked))
    return this.port.ask({ kind: "load" }, options)
  }

  /** What is missing comes by itself, once; while it comes, everything that does not need it answers. */
  private async fetchUnasked(signal: AbortSignal): Promise<void> {
    const wanted = await this.port.ask({ kind: "wanted" }, { signal })
    if (wanted.every(request => !isLocked(request) || this.tried.has(JSON.stringify(request)))) return
    // Not with what is loaded now: a download goes on while the person types.
    this.fetching = new AbortController()
    await this.fetchInputs({}, false, AbortSignal.any([this.closed.signal, this.fetching.signal]))
  }

  /** Fetches what the fleet lacks, and evaluates it again if anything came. */
  async fetchInputs(
    tokens: Readonly<Record<string, string>>,
    again: boolean,
    signal: AbortSignal,
  ): Promise<FetchReport> {
    const { events, world, filesCame } = this.around
    const { root, port, tried } = this
    const report = await events.working(`Fetching inputs of ${basename(root)}`, signal, options =>
      fetchMissing({ port, tried, world, tokens, again }, options),
    )
    log("fleet", () => `${root}: fetched ${report.fetched}, ${report.failures.join("; ")}`)
    if (report.fetched > 0) filesCame([root])
    return report
  }

  /** The lock file that flake.nix wants now. Rejects with what is in the way. */
  async lock(tokens: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Lock> {
    const { failures } = await this.fetchInputs(tokens, true, signal)
    if (failures.length > 0) throw new Error(failures.join("\n"))
    return this.port.ask({ kind: "lock" }, { signal })
  }

  /** Builds what evaluation imports, and evaluates again. A text says why that failed. */
  async build(derivation: string, signal: AbortSignal): Promise<string | undefined> {
    const { events, world, settings, filesCame } = this.around
    if (settings.evaluation.builds === "never") return "the setting 'canopy.evaluation.builds' says never"
    const failure = await events.working(`Building ${derivationName(derivation)}`, signal, async options => {
      const staged = await this.port.ask({ kind: "stageBuild", derivation }, { signal: options.signal })
      if (staged === undefined) return "nothing needs it any more"
      return world.build(staged, options.signal)
    })
    if (failure === undefined) filesCame([this.root])
    return failure
  }

  private failed(signal: AbortSignal, error: unknown): void {
    log("fleet", () => `${this.root}: ${String(error)}`)
    // Aborted: what aborted it sets the status. Stopped: the crash has done so.
    if (signal.aborted || this.status.kind === "stopped") return
    // Who stops the check has a fleet that is loaded, and goes without problems.
    if (error instanceof Cancelled && this.isCurrent) return
    const message =
      error instanceof Cancelled ? "Loading was stopped: Refresh begins it again." : messageOf(error)
    this.setStatus({ kind: "failed", message })
  }

  private setBusy(isBusy: boolean): void {
    if (this.isBusy === isBusy || this.closed.signal.aborted) return
    this.isBusy = isBusy
    this.around.events.changed()
  }

  private setStatus(status: FleetStatus): void {
    if (this.closed.signal.aborted) return
    this.status = status
    if (status.kind !== "loading") wake(this.waiting.outline, this.waiting.loaded)
    this.around.events.changed()
  }
}

/** What a fleet is opened with. Its thread fetches nothing: missing inputs come beside it, see fetching.ts. */
export function setupOf(root: string, { evaluation }: ServerSettings): FleetSetup {
  const { overrideInputs, hosts = {} } = evaluation
  return { root, offline: true, overrideInputs, hosts }
}

function wake(...lines: (() => void)[][]): void {
  for (const line of lines) for (const resolve of line.splice(0)) resolve()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
