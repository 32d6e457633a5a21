// The border between the thread that evaluates a fleet and the thread that asks: only plain data crosses it.
//
// `FleetSession` is the fleet in the evaluation thread. It works synchronously where it can, and owns everything computed.
// `FleetPort` is the same fleet seen from the main thread: promises that can be cancelled, and that fail when the thread dies.
// session-client.ts turns a thread into a port, and session-server.ts serves a session on a thread. Neither knows what a thread
// really is: only the entry points do.

import type { Answers, Kind, Question, QuestionOf } from "./questions.js"

/** Which fleet to open, and how. Plain data: it crosses to the evaluation thread. */
export interface FleetSetup {
  /** Absolute path of the folder that holds flake.nix. */
  readonly root: string
  /**
   * Never wait for the network: a missing input is an error that names it. This is always so in an editor, which fetches inputs
   * beside evaluation and then evaluates again.
   */
  readonly offline: boolean
  /** Whether evaluation may build what it imports (import from derivation), with the Nix that is installed. */
  readonly allowBuilds?: boolean
  /** Whether all values of an option are evaluated before it counts as right. A hover cannot wait for that. */
  readonly thorough?: boolean
  /** Input name to flake reference, as `--override-input`. */
  readonly overrideInputs: Readonly<Record<string, string>>
  /** Absolute path of the folder that relative paths in these start from; the flake's own folder unless given. */
  readonly folder?: string
  /**
   * Where hosts are in a folder without a flake: maps `nixos`, `darwin`, `homeManager`, `hive` (a colmena hive) or `outputs` (a set
   * such as a flake's outputs) to `FILE#ATTRIBUTE`. If empty, default.nix and hive.nix are read.
   */
  readonly hosts?: Readonly<Record<string, string>>
}

/** How far a long request has come. `done` and `total` count hosts or files; absent if unknown. */
export interface Progress {
  readonly message: string
  readonly done?: number
  readonly total?: number
}

export type Report = (progress: Progress) => void

/**
 * One fleet in the evaluation thread. Answers reflect the files when the question was asked, unsaved text included.
 * User errors are data in the answers; `Cancelled` passes through; anything else that is thrown is reported as a failure
 * of that one request.
 */
export interface FleetSession {
  /** Answers with the type that `Answers` has for the kind of question. */
  answer(question: Question, report: Report): Answers[Kind] | Promise<Answers[Kind]>
  /** Sets the unsaved text of an absolute path; `undefined` goes back to what is on disk. */
  setFile(path: string, text: string | undefined): void
  /** These files or folders changed on disk: created, written or deleted. Without paths, any may have. */
  filesChanged(paths?: readonly string[]): void
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
  filesChanged(paths?: readonly string[]): void
  /** Calls `listener` whenever the thread dies, until the returned function is called. */
  onCrash(listener: (crash: Crash) => void): () => void
  /** Throws away everything computed and starts over, also after too many crashes. */
  restart(): void
  /** Ends the thread; pending requests are rejected with `Cancelled`. */
  dispose(): Promise<void>
}
