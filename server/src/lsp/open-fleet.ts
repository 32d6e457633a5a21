// One fleet of the workspace: loads and checks it again after every pause in typing, and then fetches what it lacks where that is
// allowed.
//
// An edit reaches the evaluation thread at once, since a hover asks about the latest text; loading and checking wait for a pause.
// When settings change, the fleet is closed and opened anew (fleets.ts).

import { basename } from "node:path"
import { Cancelled, log, messageOf } from "../base/index.js"
import type { Fleet, FleetOutline, FleetPort, FleetSetup, RequestOptions } from "../fleet/index.js"
import { checkFleet } from "./fleet-check.js"
import { FleetSupply } from "./fleet-supply.js"
import { JoinedQuestions } from "./joined-questions.js"
import { lastKnownHosts } from "./last-known.js"
import { findMissedChanges } from "./missed-changes.js"
import type { FleetStatus, LastKnown, ServerSettings } from "./protocol.js"
import type { Surroundings } from "./surroundings.js"

// A pause in typing: long enough not to start a check at every key, short enough to feel like an answer.
const pauseMs = 400

export class OpenFleet {
  status: FleetStatus = { kind: "loading" }
  /** Whether something goes on unasked, which `stop` would end. */
  isBusy = true
  /** What was known last, which may be older than the files. */
  outline: FleetOutline | undefined
  fleet: Fleet | undefined
  /** The hosts that are not in `fleet` because something in it fails just now. */
  lastKnown: LastKnown | undefined
  readonly port: FleetPort
  /** Fetches and builds what it lacks. */
  readonly supply: FleetSupply
  /** The questions of hovers. */
  readonly hovers = new JoinedQuestions()
  /** Called when the fleet has an outline, and when it is no longer loading. */
  private readonly waiting = { outline: [] as (() => void)[], loaded: [] as (() => void)[] }
  /** Aborted when the fleet is closed. */
  private readonly closed = new AbortController()
  /** Aborts the load and check that are under way when others take their place. */
  private refreshing = new AbortController()
  /** Aborts them when the person asks. */
  private stopping = new AbortController()
  private fetching = new AbortController()
  private timer: NodeJS.Timeout | undefined
  /** The fleet when all of it could be evaluated last. */
  private whole: Fleet | undefined
  /** The file that was edited last. */
  private edited: string | undefined
  /** Whether `fleet` is up to date with the files. */
  private isCurrent = false
  /** Whether `outline` is. */
  private isOutlined = false
  /** How often files changed. */
  private changes = 0

  /** @param texts unsaved texts of files, by path */
  constructor(
    readonly root: string,
    texts: ReadonlyMap<string, string>,
    private readonly around: Surroundings,
  ) {
    this.port = around.world.connect(setupOf(root, around.settings))
    this.supply = new FleetSupply(root, this.port, around)
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

  /**
   * Resolves once the flake has been evaluated, or turned out to fail. Does not wait for a pause in typing. Rejects with `Cancelled`
   * if aborted before, and as the port does.
   */
  outlinedOnce(signal: AbortSignal): Promise<void> {
    if (this.isOutlined) return Promise.resolve()
    if (this.status.kind === "loading" && this.timer === undefined)
      return this.waitIn(this.waiting.outline, signal)
    return this.hovers.ask("outline", signal, signal => this.askOutline({ signal }))
  }

  /** Resolves once the fleet has been loaded or turned out to fail. Rejects with `Cancelled` if aborted before. */
  loadedOnce(signal: AbortSignal): Promise<void> {
    return this.currentFleet === undefined ? this.waitIn(this.waiting.loaded, signal) : Promise.resolve()
  }

  /** The outline if it is up to date. */
  get currentOutline(): FleetOutline | undefined {
    return this.isOutlined ? this.outline : undefined
  }

  /** The fleet if it is up to date. While it is being loaded again, `fleet` is still the previous one. */
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
    this.edited = path
    this.forget()
    this.port.setFile(path, text)
    this.refreshSoon()
  }

  filesChanged(paths: readonly string[]): void {
    this.edited = paths.at(-1)
    this.forget()
    this.port.filesChanged(paths)
    this.refreshSoon()
  }

  /** Evaluates what changed on disk, also what no watcher saw. `restart` throws away everything computed so far. */
  evaluateAgain(restart: boolean): void {
    this.forget()
    if (restart) this.port.restart()
    else this.port.filesChanged()
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
    this.changes++
    this.isOutlined = false
    this.isCurrent = false
  }

  close(): Promise<void> {
    clearTimeout(this.timer)
    this.refreshing.abort()
    this.closed.abort()
    wake(this.waiting.outline, this.waiting.loaded)
    this.around.events.closed(this.root)
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
    let doing = "Loading"
    try {
      const isKnown = this.fleet !== undefined
      const fleet = await this.loadShown(stoppable, isKnown)
      this.fleet = fleet
      this.lastKnown = lastKnownHosts(this.whole, fleet)
      if (fleet.incomplete === undefined) this.whole = fleet
      this.isCurrent = true
      // Loading the hosts may have shown more options that hold aspects.
      this.outline = fleet
      this.isOutlined = true
      this.setStatus({ kind: "ready" })
      await this.watch(stoppable)
      doing = "Checking"
      await this.check(fleet, stoppable, !isKnown)
      await this.watch(stoppable)
      doing = "Fetching inputs"
      if (!this.around.settings.evaluation.offline) await this.fetchUnasked(stoppable)
    } catch (error) {
      this.failed(signal, error, doing)
    } finally {
      if (!signal.aborted) this.setBusy(false)
    }
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const paths = await this.port.ask({ kind: "watched" }, { signal })
    this.around.events.watched(this.root, paths, () => {
      void findMissedChanges(this.port, this.closed.signal, paths => this.filesChanged(paths))
    })
  }

  /** Loads the fleet, and shows its progress the first time. */
  private loadShown(signal: AbortSignal, isKnown: boolean): Promise<Fleet> {
    const load = (options: RequestOptions) => this.load(options)
    return isKnown
      ? load({ signal })
      : this.around.events.working(`Loading ${basename(this.root)}`, signal, load)
  }

  /** The first check shows its progress, too: until it ends, no problems do not mean that all is well. */
  private async check(fleet: Fleet, signal: AbortSignal, isFirst: boolean): Promise<void> {
    const { port, edited } = this
    const { events } = this.around
    const check = (options: RequestOptions) =>
      checkFleet({ port, fleet, edited }, options, (found, checked) =>
        events.found(this.root, found, checked),
      )
    const working = isFirst
      ? events.working(`Checking ${basename(this.root)}`, signal, check)
      : check({ signal })
    events.found(this.root, await working)
  }

  /** Asks first for what a hover needs, so that a waiting hover is answered before the rest is loaded. */
  private async load(options: RequestOptions): Promise<Fleet> {
    await this.askOutline(options)
    wake(this.waiting.outline)
    // Lets a hover that waited ask its next question first: interrupting a load that has begun takes a tenth of a second.
    await new Promise(asked => setImmediate(asked))
    return this.port.ask({ kind: "load" }, options)
  }

  private async askOutline(options: RequestOptions): Promise<void> {
    const { changes } = this
    this.outline = await this.port.ask({ kind: "outline" }, options)
    this.isOutlined = changes === this.changes
  }

  /** Fetches missing pinned inputs, each once. Meanwhile everything that does not need them is answered. */
  private async fetchUnasked(signal: AbortSignal): Promise<void> {
    if (!(await this.supply.lacksUntried(signal))) return
    // Not aborted with the load: a download goes on while the person types.
    this.fetching = new AbortController()
    await this.supply.fetchUntried(AbortSignal.any([this.closed.signal, this.fetching.signal]))
  }

  private failed(signal: AbortSignal, error: unknown, doing: string): void {
    log("fleet", () => `${this.root}: ${String(error)}`)
    // If it was aborted, whoever did so sets the status. If it was stopped, the crash has set it.
    if (signal.aborted || this.status.kind === "stopped") return
    if (error instanceof Cancelled)
      this.setStatus({ kind: "interrupted", message: `${doing} was stopped. Refresh starts it again.` })
    else this.setStatus({ kind: "failed", message: messageOf(error) })
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

/** How a fleet is opened. Its thread never fetches: see fleet-supply.ts. */
export function setupOf(root: string, { evaluation }: ServerSettings): FleetSetup {
  const { overrideInputs, hosts = {} } = evaluation
  return { root, offline: true, overrideInputs, hosts }
}

function wake(...lines: (() => void)[][]): void {
  for (const line of lines) for (const resolve of line.splice(0)) resolve()
}
