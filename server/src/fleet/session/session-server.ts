// The evaluation thread's side of a session: takes one message after the other, keeps the session, and answers.
//
// The first question opens the session, so that edits which arrive before it count. If opening fails, the next question tries
// again: the broken file may be fixed by then.

import { CancelFlag, Cancelled, log, messageOf } from "../../base/index.js"
import type { Question } from "./questions.js"
import type { FleetSession, FleetSetup, Report } from "./session-port.js"
import type { ThreadEnd, ToThread } from "./session-wire.js"

/**
 * Opens the fleet. May read and fetch. `cancel` is checked at safe points of evaluation for as long as the session lives, and
 * `report` belongs to whatever question is being answered.
 */
export type OpenSession = (
  setup: FleetSetup,
  cancel: CancelFlag,
  report: Report,
) => FleetSession | Promise<FleetSession>

/** Serves questions until the thread ends. Returns at once; never throws. */
export function serveFleet(end: ThreadEnd, open: OpenSession): void {
  const server = new SessionServer(end, open)
  let last: Promise<void> = Promise.resolve()
  // One at a time and in order, also when a session takes its time to open.
  end.onMessage(message => {
    last = last.then(() => server.receive(message))
  })
}

class SessionServer {
  private setup: FleetSetup | undefined
  private cancel = new CancelFlag()
  private session: FleetSession | undefined
  /** Reports progress of the question that is being answered. */
  private report: Report = () => {}
  /** Unsaved texts, kept for a session that is opened later. */
  private readonly files = new Map<string, string>()

  constructor(
    private readonly end: ThreadEnd,
    private readonly open: OpenSession,
  ) {}

  async receive(message: ToThread): Promise<void> {
    switch (message.kind) {
      case "open":
        this.setup = message.setup
        this.cancel = new CancelFlag(message.cancel)
        return
      case "file":
        if (message.text === undefined) this.files.delete(message.path)
        else this.files.set(message.path, message.text)
        this.session?.setFile(message.path, message.text)
        return
      case "changed":
        this.session?.filesChanged(message.paths)
        return
      case "ask":
        return this.reply(message.id, message.question)
      case "end":
        // After everything that is already scheduled, such as saving code.
        setImmediate(() => this.end.post({ kind: "ended" }))
    }
  }

  private async reply(id: number, question: Question): Promise<void> {
    this.report = progress => this.end.post({ kind: "progress", id, progress })
    const since = performance.now()
    try {
      log("time", () => `${question.kind}: asked`)
      const session = (this.session ??= await this.openSession())
      const answer = await session.answer(question, this.report)
      log("time", () => `${question.kind}: ${(performance.now() - since).toFixed(0)} ms`)
      this.end.post({ kind: "answer", id, answer })
    } catch (error) {
      if (error instanceof Cancelled) this.end.post({ kind: "cancelled", id })
      else this.end.post({ kind: "failure", id, message: messageOf(error) })
    }
  }

  private async openSession(): Promise<FleetSession> {
    if (this.setup === undefined) throw new Error("a question came before the fleet was named")
    const session = await this.open(this.setup, this.cancel, progress => this.report(progress))
    for (const [path, text] of this.files) session.setFile(path, text)
    return session
  }
}
