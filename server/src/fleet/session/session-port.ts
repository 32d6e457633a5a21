// The line between the thread that evaluates a fleet and whoever asks it: plain data both ways, no code.
//
// `FleetSession` is what the evaluation thread holds; it works synchronously where it can and owns everything that was
// computed. `FleetPort` is the same seen from the main thread: promises that can be cancelled, and that fail when the
// thread dies. `session-client.ts` turns a thread into a port, `session-server.ts` serves a session on a thread, and
// neither knows what a thread is: only the entry points do.

import type { Answers, Kind, Question, QuestionOf } from "./questions.js"

/** Which fleet to open, and how. Plain data: it crosses to the evaluation thread. */
export interface FleetSetup {
  /** Absolute path of the folder that holds flake.nix. */
  readonly root: string
  /**
   * Never wait for the network: an input that is not on this machine is an error that names it. In an editor that is always
   * so; inputs are fetched beside evaluation, and then it runs again.
   */
  readonly offline: boolean
  /** Whether evaluation may build what it imports (import from derivation), with the Nix that is installed. */
  readonly allowBuilds?: boolean
  /** Whether options are looked at to the last of their values before they are called right; a hover cannot wait for that. */
  readonly thorough?: boolean
  /** Input name to flake reference, as `--override-input`. */
  readonly overrideInputs: Readonly<Record<string, string>>
  /**
   * Where hosts are in a folder without a flake: `nixos`, `darwin`, `homeManager`, `hive` (a colmena hive) or `outputs` (a set
   * such as a flake has), each with `FILE#ATTRIBUTE`. Empty for what default.nix and hive.nix say.
   */
  readonly hosts?: Readonly<Record<string, string>>
}

/** How far a long request is. `done` and `total` count hosts or files; absent when nobody knows. */
export interface Progress {
  readonly message: string
  readonly done?: number
  readonly total?: number
}

export type Report = (progress: Progress) => void

/**
 * One fleet in the evaluation thread. Answers are what the files said when the question was put, unsaved text included.
 * User errors are data in the answers; `Cancelled` passes through; anything else that is thrown is reported as a failure
 * of that one request.
 */
export interface FleetSession {
  /** The answer is of the kind of the question, see `Answers`. */
  answer(question: Question, report: Report): Answers[Kind] | Promise<Answers[Kind]>
  /** Unsaved text of an absolute path; `undefined` goes back to what is on disk. */
  setFile(path: string, text: string | undefined): void
  /** These files or folders changed on disk: created, written or deleted. */
  filesChanged(paths: readonly string[]): void
}

export interface RequestOptions {
  /** Aborting rejects the request with `Cancelled` and stops the evaluation at its next safe point. */
  readonly signal?: AbortSignal
  readonly onProgress?: Report
}

/** The evaluation thread died. `reason` is a sentence for people: out of memory, a crash, too slow to cancel. */
export interface Crash {
  readonly reason: string
  /** False when it died so often that it is left alone until `restart`. */
  readonly willRestart: boolean
}

/**
 * A fleet as the main thread sees it. Rejections: `Cancelled` when the signal was aborted, `FleetUnavailable` when the
 * thread died while it worked on the request or is not restarted any more, `Error` with the session's own message otherwise.
 */
export interface FleetPort {
  readonly root: string
  ask<K extends Kind>(question: QuestionOf<K>, options?: RequestOptions): Promise<Answers[K]>
  setFile(path: string, text: string | undefined): void
  filesChanged(paths: readonly string[]): void
  /** Calls `listener` whenever the thread dies; the result stops that. */
  onCrash(listener: (crash: Crash) => void): () => void
  /** Throws away all that was computed and starts over, also after too many crashes. */
  restart(): void
  /** Ends the thread; pending requests are rejected with `Cancelled`. */
  dispose(): Promise<void>
}
