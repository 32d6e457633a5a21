// What a fleet lacks, and how it comes: inputs are fetched and imports built beside evaluation, by itself where that is allowed and
// whenever the person asks. What arrives is there for the next evaluation; what failed is not tried again unless the person asks.

import { basename } from "node:path"
import { Cancelled, log } from "../base/index.js"
import type { FleetPort, Lock, RequestOptions, SourceRequest } from "../fleet/index.js"
import { derivationName } from "../ide/index.js"
import type { FetchReport } from "./protocol.js"
import type { Surroundings } from "./surroundings.js"

/** Sources fetched at once: enough to fill a line, few enough for a forge that limits requests. */
const PARALLEL = 3

/** Tokens of forges, by host. */
type Tokens = Readonly<Record<string, string>>

export class FleetSupply {
  /** Sources that were tried. */
  private readonly tried = new Set<string>()

  constructor(
    private readonly root: string,
    private readonly port: FleetPort,
    private readonly around: Surroundings,
  ) {}

  /** Whether the fleet lacks pinned sources that were not tried yet. */
  async lacksUntried(signal: AbortSignal): Promise<boolean> {
    return (await this.untried(signal)).length > 0
  }

  /** Fetches pinned sources that were not tried yet, and evaluates again if something arrived. */
  fetchUntried(signal: AbortSignal): Promise<FetchReport> {
    return this.fetchReported(signal, options => this.untried(options.signal), {})
  }

  /** Fetches all that the fleet lacks, as a person asked, and evaluates again if something arrived. */
  fetchInputs(tokens: Tokens, signal: AbortSignal): Promise<FetchReport> {
    return this.fetchReported(signal, options => this.wanted(options.signal), tokens)
  }

  /** The lock file for flake.nix as it is now. Rejects with the failures of inputs that cannot be fetched. */
  async lock(tokens: Tokens, signal: AbortSignal): Promise<Lock> {
    const { failures } = await this.fetchInputs(tokens, signal)
    if (failures.length > 0) throw new Error(failures.join("\n"))
    return this.port.ask({ kind: "lock" }, { signal })
  }

  /** Builds what evaluation imports, and evaluates again. Returns why that failed; undefined if it did not. */
  async build(derivation: string, signal: AbortSignal): Promise<string | undefined> {
    const { events, world, settings, filesCame } = this.around
    if (settings.evaluation.builds === "never") return "the setting 'canopy.evaluation.builds' is 'never'"
    const failure = await events.working(`Building ${derivationName(derivation)}`, signal, async options => {
      const staged = await this.port.ask({ kind: "stageBuild", derivation }, { signal: options.signal })
      if (staged === undefined) return "nothing needs this build any more"
      return world.build(staged, options.signal)
    })
    if (failure === undefined) filesCame([this.root])
    return failure
  }

  private wanted(signal: AbortSignal): Promise<readonly SourceRequest[]> {
    return this.port.ask({ kind: "wanted" }, { signal })
  }

  private async untried(signal: AbortSignal): Promise<readonly SourceRequest[]> {
    const wanted = await this.wanted(signal)
    return wanted.filter(request => isLocked(request) && !this.tried.has(keyOf(request)))
  }

  private async fetchReported(
    signal: AbortSignal,
    requests: (options: Required<RequestOptions>) => Promise<readonly SourceRequest[]>,
    tokens: Tokens,
  ): Promise<FetchReport> {
    const { events, filesCame } = this.around
    const title = `Fetching inputs of ${basename(this.root)}`
    const report = await events.working(title, signal, async options =>
      this.fetchAll(await requests(options), tokens, options),
    )
    log("fleet", () => `${this.root}: fetched ${report.fetched}, ${report.failures.join("; ")}`)
    if (report.fetched > 0) filesCame([this.root])
    return report
  }

  /** Rejects with `Cancelled`. */
  private async fetchAll(
    requests: readonly SourceRequest[],
    tokens: Tokens,
    options: Required<RequestOptions>,
  ): Promise<FetchReport> {
    const queue = [...requests]
    const failures: string[] = []
    let fetched = 0
    const worker = async (): Promise<void> => {
      for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
        this.tried.add(keyOf(request))
        const report = (message: string) =>
          options.onProgress({ message, done: fetched, total: requests.length })
        const failure = await this.around.world.fetch(request, tokens, options.signal, report)
        if (failure === undefined) fetched++
        else failures.push(failure)
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, worker))
    if (options.signal.aborted) throw new Cancelled()
    return { fetched, failures }
  }
}

/** Whether a source is pinned. One that is not is only fetched on request: the person may still be typing its URL. */
function isLocked({ ref, hash }: SourceRequest): boolean {
  return hash !== undefined || ref.rev !== undefined
}

function keyOf(request: SourceRequest): string {
  return JSON.stringify(request)
}
