// The messages between the main thread and the evaluation thread. Only what a structured clone can carry.
//
// One request at a time is on its way, so one shared flag is enough to cancel it. `id` still names it, because an answer may cross
// with the death of its thread. Changes of files are not answered: they take effect in the order sent.

import type { Question } from "./questions.js"
import type { FleetSetup, Progress } from "./session-port.js"

export type ToThread =
  | { readonly kind: "open"; readonly setup: FleetSetup; readonly cancel: SharedArrayBuffer }
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "file"; readonly path: string; readonly text: string | undefined }
  | { readonly kind: "changed"; readonly paths: readonly string[] | undefined }
  /** No question follows: the thread is to finish now what it has put off until it is idle. */
  | { readonly kind: "end" }

export type FromThread =
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly message: string }
  | { readonly kind: "cancelled"; readonly id: number }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "ended" }

/** A thread as the main thread holds it. */
export interface Thread {
  post(message: ToThread): void
  /** Ends the thread at once, whatever it is doing. `onExit` is not called. */
  terminate(): Promise<void>
}

/** Starts a thread. `onExit` is called once, with a sentence for people, and no message comes after it. */
export type StartThread = (
  onMessage: (message: FromThread) => void,
  onExit: (reason: string) => void,
) => Thread

/** The port as the thread itself sees it. */
export interface ThreadEnd {
  post(message: FromThread): void
  onMessage(listener: (message: ToThread) => void): void
}
