// The fetching thread, seen from outside. A thread that evaluates may block until a source is there (on the command line); the
// language server must not, and awaits.
//
// A blocked thread waits on a number in shared memory that the other thread increments with every message. So evaluation stays
// synchronous, and can still be cancelled.

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads"
import { type CancelFlag, Cancelled } from "../base/index.js"
import type { SourceRequest, StagedBuild, SuppliedSource } from "../fleet/index.js"
import type { FetchSettings } from "./fetch-settings.js"

/** What the thread is started with. */
export interface FetchThreadData {
  readonly port: MessagePort
  readonly bell: SharedArrayBuffer
  readonly settings: FetchSettings
}

export type ToFetcher =
  | {
      readonly kind: "fetch"
      readonly id: number
      readonly wanted: SourceRequest
      /** Tokens in addition to those of the settings. */
      readonly tokens?: Readonly<Record<string, string>>
    }
  | { readonly kind: "build"; readonly id: number; readonly staged: StagedBuild }
  | { readonly kind: "cancel"; readonly id: number }

export type FromFetcher =
  | { readonly kind: "bytes"; readonly id: number; readonly message: string }
  | { readonly kind: "done"; readonly id: number; readonly outcome: SuppliedSource | string | undefined }

type Outcome = Extract<FromFetcher, { kind: "done" }>["outcome"]

/** Without a sign of life for so long, the other thread counts as dead. Hashing the largest trees takes seconds. */
const SILENCE_MS = 180_000

/** How often a blocked thread checks whether it was cancelled. */
const LOOK_MS = 100

export class FetchThread {
  private started:
    | { readonly worker: Worker; readonly port: MessagePort; readonly bell: Int32Array }
    | undefined
  private lastId = 0

  constructor(
    /** The bundle (or source) that calls `serveFetches`. */
    private readonly script: string,
    private readonly settings: FetchSettings,
    private readonly execArgv: readonly string[] = [],
  ) {}

  /** Blocks until the source is there. A string says why it is not. @throws Cancelled */
  fetchNow(
    wanted: SourceRequest,
    cancel: CancelFlag | undefined,
    report: (message: string) => void,
  ): SuppliedSource | string {
    return this.waitFor({ kind: "fetch", id: ++this.lastId, wanted }, cancel, report) ?? "nothing came"
  }

  /** Blocks until the build has ended. A string says why it failed. @throws Cancelled */
  buildNow(staged: StagedBuild, cancel: CancelFlag | undefined): string | undefined {
    return failureIn(this.waitFor({ kind: "build", id: ++this.lastId, staged }, cancel, () => {}))
  }

  /** As `fetchNow`, without blocking. Rejects with `Cancelled` when the signal is aborted. */
  async fetch(
    wanted: SourceRequest,
    tokens: Readonly<Record<string, string>>,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<SuppliedSource | string> {
    return (
      (await this.ask({ kind: "fetch", id: ++this.lastId, wanted, tokens }, signal, report)) ?? "nothing came"
    )
  }

  /** As `buildNow`, without blocking. Rejects with `Cancelled` when the signal is aborted. */
  async build(staged: StagedBuild, signal: AbortSignal): Promise<string | undefined> {
    return failureIn(await this.ask({ kind: "build", id: ++this.lastId, staged }, signal, () => {}))
  }

  private waitFor(
    request: Exclude<ToFetcher, { kind: "cancel" }>,
    cancel: CancelFlag | undefined,
    report: (message: string) => void,
  ): Outcome {
    const { port, bell } = this.start()
    const { id } = request
    port.postMessage(request)
    let heard = Atomics.load(bell, 0)
    let heardAt = Date.now()
    for (;;) {
      const rung = Atomics.load(bell, 0)
      if (rung !== heard) {
        heard = rung
        heardAt = Date.now()
      } else if (Date.now() - heardAt > SILENCE_MS) return "the fetching thread does not answer"
      const received = receiveMessageOnPort(port)?.message as FromFetcher | undefined
      if (received === undefined) Atomics.wait(bell, 0, rung, LOOK_MS)
      else if (received.id === id) {
        if (received.kind === "done") return received.outcome
        report(received.message)
      }
      if (cancel?.raised !== true) continue
      port.postMessage({ kind: "cancel", id } satisfies ToFetcher)
      throw new Cancelled()
    }
  }

  private ask(
    request: Exclude<ToFetcher, { kind: "cancel" }>,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<Outcome> {
    const { port, worker } = this.start()
    const { id } = request
    return new Promise((resolve, reject) => {
      const end = () => {
        port.off("message", take)
        worker.off("exit", died)
        signal.removeEventListener("abort", cancel)
      }
      const take = (received: FromFetcher) => {
        if (received.id !== id) return
        if (received.kind === "bytes") return report(received.message)
        end()
        resolve(received.outcome)
      }
      const cancel = () => {
        port.postMessage({ kind: "cancel", id } satisfies ToFetcher)
        end()
        reject(new Cancelled())
      }
      const died = () => {
        this.started = undefined
        end()
        resolve("the fetching thread has ended")
      }
      if (signal.aborted) return reject(new Cancelled())
      port.on("message", take)
      worker.on("exit", died)
      signal.addEventListener("abort", cancel)
      port.postMessage(request)
    })
  }

  async dispose(): Promise<void> {
    await this.started?.worker.terminate()
    this.started = undefined
  }

  private start(): NonNullable<FetchThread["started"]> {
    if (this.started !== undefined) return this.started
    const { port1, port2 } = new MessageChannel()
    const bell = new SharedArrayBuffer(4)
    const workerData: FetchThreadData = { port: port2, bell, settings: this.settings }
    const worker = new Worker(this.script, {
      workerData,
      transferList: [port2],
      execArgv: [...this.execArgv],
    })
    worker.unref()
    port1.unref()
    return (this.started = { worker, port: port1, bell: new Int32Array(bell) })
  }
}

function failureIn(outcome: Outcome): string | undefined {
  return typeof outcome === "string" ? outcome : undefined
}
