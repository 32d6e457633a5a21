// The main thread's side of a session: a FleetPort to a thread that may die at any moment.
//
// The thread has one request at a time, and the others wait here. There are three reasons. A waiting request can be cancelled
// without telling the thread. An urgent request (a hover) overtakes one that can wait (the tree, or a check of the whole fleet),
// which is interrupted and queued again; it loses little, since what it finished is kept. And when the thread dies, only the
// request that it died on fails.
//
// Invariant: `running` is set exactly while the thread owes an answer. Unsaved texts are kept here too, since a new thread
// has to be told them again.

import { bug, CancelFlag, Cancelled } from "../../base/index.js"
import type { Answers, Kind, QuestionOf } from "./questions.js"
import type { Crash, FleetPort, FleetSetup, RequestOptions } from "./session-port.js"
import type { FromThread, StartThread, Thread, ToThread } from "./session-wire.js"
import { rankOf, settle, type Task, TaskQueue } from "./task-queue.js"

/** The thread died on the request, or has died too often to be restarted. The message is for people. */
export class FleetUnavailable extends Error {
  constructor(reason: string) {
    super(`evaluation stopped: ${reason}`)
    this.name = "FleetUnavailable"
  }
}

// How long a cancelled request may go on without a sign of life before its thread is ended: longer than any builtin was seen to
// run, and than dropping the values of a large host, which took 3 s on a machine with eight processes for its two cores. Hashing a
// whole nixpkgs takes longer, but reports progress, and would only start over in another thread.
const cancelGraceMs = 10_000
// After so many crashes within so many milliseconds the thread is not restarted: something kills it every time.
const crashLimit = 3
const crashWindowMs = 60_000
// How long a thread that is no longer needed may take to save what it has learned for the next run.
const endGraceMs = 5_000

/** A port to the fleet at `setup.root`. The thread is started by the first request. `graceMs` is for tests. */
export function connectFleet(setup: FleetSetup, start: StartThread, graceMs = cancelGraceMs): FleetPort {
  return new FleetClient(setup, start, graceMs)
}

class FleetClient implements FleetPort {
  private readonly flag = new CancelFlag()
  private readonly files = new Map<string, string>()
  private readonly listeners = new Set<(crash: Crash) => void>()
  private readonly queue = new TaskQueue()
  private crashes: number[] = []
  private thread: Thread | undefined
  private running: Task | undefined
  private grace: NodeJS.Timeout | undefined
  private onEnded = () => {}
  private lastId = 0
  private disposed = false

  constructor(
    private readonly setup: FleetSetup,
    private readonly start: StartThread,
    private readonly graceMs: number,
  ) {}

  get root(): string {
    return this.setup.root
  }

  ask<K extends Kind>(question: QuestionOf<K>, options: RequestOptions = {}): Promise<Answers[K]> {
    return new Promise((resolve, reject) => {
      if (this.disposed || options.signal?.aborted) return reject(new Cancelled())
      const task: Task = {
        id: ++this.lastId,
        question,
        options,
        resolve,
        reject,
        abandoned: false,
        preempted: false,
        forget: () => options.signal?.removeEventListener("abort", abort),
      }
      const abort = () => this.abandon(task)
      options.signal?.addEventListener("abort", abort)
      this.enqueue(task)
    })
  }

  setFile(path: string, text: string | undefined): void {
    if (text === undefined) this.files.delete(path)
    else this.files.set(path, text)
    this.thread?.post({ kind: "file", path, text })
  }

  filesChanged(paths?: readonly string[]): void {
    this.thread?.post({ kind: "changed", paths })
  }

  onCrash(listener: (crash: Crash) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  restart(): void {
    this.crashes = []
    const thread = this.thread
    this.lose(new FleetUnavailable("it was restarted"))
    void thread?.terminate()
    this.next()
  }

  async dispose(): Promise<void> {
    this.disposed = true
    const thread = this.thread
    if (thread !== undefined && this.running === undefined) await this.ended(thread)
    this.lose(new Cancelled())
    for (const task of this.queue.drain()) task.reject(new Cancelled())
    await thread?.terminate()
  }

  /** Lets an idle thread finish its work after an answer, such as saving code. */
  private ended(thread: Thread): Promise<void> {
    return new Promise(done => {
      const timer = setTimeout(done, endGraceMs)
      this.onEnded = () => {
        clearTimeout(timer)
        done()
      }
      thread.post({ kind: "end" })
    })
  }

  private enqueue(task: Task): void {
    this.queue.add(task)
    this.preemptFor(task)
    this.next()
  }

  private preemptFor(task: Task): void {
    const { running } = this
    if (running === undefined || running.abandoned || rankOf(running) <= rankOf(task)) return
    running.preempted = true
    this.interrupt()
  }

  private abandon(task: Task): void {
    this.queue.remove(task)
    task.abandoned = true
    settle(task, () => task.reject(new Cancelled()))
    if (this.running === task) this.interrupt()
  }

  private interrupt(): void {
    this.flag.raise()
    this.grace ??= setTimeout(() => this.giveUp(), this.graceMs)
  }

  /** The thread is alive and will see the flag: the grace period starts over. */
  private signOfLife(): void {
    if (this.grace === undefined) return
    clearTimeout(this.grace)
    this.grace = setTimeout(() => this.giveUp(), this.graceMs)
  }

  /** The thread did not react to the flag: end it, so that the next request does not wait behind it. */
  private giveUp(): void {
    const thread = this.thread
    this.crashed("a cancelled evaluation did not stop")
    void thread?.terminate()
  }

  private next(): void {
    const { first } = this.queue
    if (this.running !== undefined || first === undefined) return
    if (this.exhausted()) this.refuse()
    else this.send(first)
  }

  private send(task: Task): void {
    this.queue.remove(task)
    this.flag.lower()
    this.running = task
    this.post({ kind: "ask", id: task.id, question: task.question })
  }

  private refuse(): void {
    const error = new FleetUnavailable(
      `it crashed ${crashLimit} times within a minute; restart it to try again`,
    )
    for (const task of this.queue.drain()) settle(task, () => task.reject(error))
  }

  private post(message: ToThread): void {
    this.thread ??= this.startThread()
    this.thread.post(message)
  }

  private startThread(): Thread {
    const current = () => this.thread === thread
    const thread = this.start(
      message => current() && this.receive(message),
      reason => current() && this.crashed(reason),
    )
    thread.post({ kind: "open", setup: this.setup, cancel: this.flag.buffer })
    for (const [path, text] of this.files) thread.post({ kind: "file", path, text })
    return thread
  }

  private receive(message: FromThread): void {
    if (message.kind === "ended") return this.onEnded()
    const task = this.running
    if (task?.id !== message.id) bug(`a message about request ${message.id}, which is not running`)
    else if (message.kind === "progress") {
      this.signOfLife()
      if (!task.abandoned) task.options.onProgress?.(message.progress)
    } else {
      this.release()
      this.finish(task, message)
      // Whoever got the answer may ask again at once, as a hover does. A request that can wait lets that one go first.
      const { first } = this.queue
      if (first !== undefined && rankOf(first) > 0) setImmediate(() => this.next())
      else this.next()
    }
  }

  private finish(task: Task, message: Exclude<FromThread, { kind: "progress" | "ended" }>): void {
    if (task.abandoned) return
    if (message.kind === "cancelled" && task.preempted) {
      task.preempted = false
      this.queue.add(task)
      return
    }
    settle(task, () => {
      // Sound because the server answers each kind of question with its own type of answer (`Answers`).
      if (message.kind === "answer") task.resolve(message.answer as never)
      else task.reject(message.kind === "cancelled" ? new Cancelled() : new Error(message.message))
    })
  }

  private crashed(reason: string): void {
    this.onEnded()
    this.crashes.push(Date.now())
    this.lose(new FleetUnavailable(reason))
    const crash = { reason, willRestart: !this.exhausted() }
    for (const listener of this.listeners) listener(crash)
    this.next()
  }

  /** The thread is gone: whatever it worked on fails. */
  private lose(error: Error): void {
    this.thread = undefined
    const task = this.running
    this.release()
    if (task !== undefined && !task.abandoned) settle(task, () => task.reject(error))
  }

  private release(): void {
    this.running = undefined
    clearTimeout(this.grace)
    this.grace = undefined
  }

  private exhausted(): boolean {
    const since = Date.now() - crashWindowMs
    this.crashes = this.crashes.filter(time => since < time)
    return crashLimit <= this.crashes.length
  }
}
