// The line between the thread that evaluates a fleet and whoever asks it: plain data both ways, no code.
//
// `FleetSession` is what the evaluation thread holds; it works synchronously where it can and owns everything that was
// computed. `FleetPort` is the same seen from the main thread: promises that can be cancelled, and that fail when the
// thread dies. `session-client.ts` turns a thread into a port, `session-server.ts` serves a session on a thread, and
// neither knows what a thread is: only the entry points do.

import type { VarFile } from "./frameworks/clan-vars.js"
import type {
  AspectName,
  FileRole,
  Finding,
  Fleet,
  FleetAspects,
  FleetOutline,
  Host,
  OptionAnswer,
  Packages,
  Plan,
} from "./model.js"
import type { SourceRequest } from "./source-supply.js"
import type { SystemSnapshot } from "./system-snapshot.js"

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

/** A build that is laid out for Nix: see server/src/build. */
export interface StagedBuild {
  /** Holds `add.nix`, which adds to the store what the build needs. Whoever builds deletes it. */
  readonly folder: string
  readonly drvPath: string
}

/** A lock file to be written. */
export interface Lock {
  /** Absolute path of the flake's folder. */
  readonly root: string
  readonly text: string
}

export type Report = (progress: Progress) => void

/** Everything that can be asked, by kind. */
export type Question =
  | { readonly kind: "outline" }
  | { readonly kind: "importers"; readonly aspects: readonly AspectName[] }
  | { readonly kind: "load" }
  | { readonly kind: "hosts" }
  | { readonly kind: "aspects" }
  | { readonly kind: "vars"; readonly hosts: readonly string[] | undefined }
  | { readonly kind: "definedIn"; readonly files: readonly string[] }
  | {
      readonly kind: "systems"
      readonly hosts: readonly string[] | undefined
      readonly options: readonly (readonly string[])[]
    }
  | {
      readonly kind: "option"
      readonly path: string
      readonly hosts: readonly string[] | undefined
      readonly aspects?: readonly AspectName[] | undefined
    }
  | { readonly kind: "check" }
  | { readonly kind: "why"; readonly path: string }
  | { readonly kind: "plan"; readonly hosts: readonly string[] }
  | { readonly kind: "packages" }
  | { readonly kind: "wanted" }
  | { readonly kind: "lock" }
  | { readonly kind: "stageBuild"; readonly derivation: string }

/** The answer to each kind of question. */
export interface Answers {
  readonly outline: FleetOutline
  readonly importers: readonly string[]
  readonly load: Fleet
  readonly hosts: readonly Host[]
  readonly aspects: FleetAspects
  readonly vars: readonly VarFile[]
  readonly definedIn: readonly (readonly string[])[]
  readonly systems: readonly SystemSnapshot[]
  readonly option: OptionAnswer
  readonly check: readonly Finding[]
  readonly why: FileRole
  readonly plan: Plan
  readonly packages: Packages
  readonly wanted: readonly SourceRequest[]
  readonly lock: Lock
  readonly stageBuild: StagedBuild | undefined
}

/**
 * One fleet in the evaluation thread. Answers are what the files said when the question was put, unsaved text included.
 * User errors are data in the answers; `Cancelled` passes through; anything else that is thrown is reported as a failure
 * of that one request.
 */
export interface FleetSession {
  outline(report: Report): FleetOutline | Promise<FleetOutline>
  /** Names of the hosts that import one of some aspects. */
  importers(aspects: readonly AspectName[], report: Report): readonly string[] | Promise<readonly string[]>
  load(report: Report): Fleet | Promise<Fleet>
  /** The hosts alone, and the aspects alone: for who wants no more, each costs less than `load`. */
  hosts(report: Report): readonly Host[] | Promise<readonly Host[]>
  aspects(report: Report): FleetAspects | Promise<FleetAspects>
  /** What the vars generators of the named hosts make, or of all. */
  vars(hosts: readonly string[] | undefined, report: Report): readonly VarFile[] | Promise<readonly VarFile[]>
  /** Paths of options that files set, relative to the flake's folder; and of the sets on the way to them. */
  definedIn(
    files: readonly string[],
    report: Report,
  ): readonly (readonly string[])[] | Promise<readonly (readonly string[])[]>
  /** The whole system of the named hosts, or of all, with the values of options. */
  systems(
    hosts: readonly string[] | undefined,
    options: readonly (readonly string[])[],
    report: Report,
  ): readonly SystemSnapshot[] | Promise<readonly SystemSnapshot[]>
  /**
   * The option at a dotted path, on the named hosts or on all.
   * @param aspects ask where a module of one of these is: in the host itself, or in homes of its users
   */
  option(
    path: string,
    hosts: readonly string[] | undefined,
    report: Report,
    aspects?: readonly AspectName[],
  ): OptionAnswer | Promise<OptionAnswer>
  check(report: Report): readonly Finding[] | Promise<readonly Finding[]>
  /** What the file at an absolute path is to the fleet. */
  why(path: string, report: Report): FileRole | Promise<FileRole>
  plan(hosts: readonly string[], report: Report): Plan | Promise<Plan>
  packages(report: Report): Packages | Promise<Packages>
  /** Sources that are not here and could be fetched: the flake's inputs, and what evaluation wanted so far. */
  wanted(report: Report): readonly SourceRequest[] | Promise<readonly SourceRequest[]>
  /** What flake.lock has to say. Fails, in words for people, for an input that cannot be locked. */
  lock(report: Report): Lock | Promise<Lock>
  /** Lays out what a build needs that a finding named; undefined if nothing needs it any more. */
  stageBuild(derivation: string, report: Report): StagedBuild | undefined | Promise<StagedBuild | undefined>
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
  outline(options?: RequestOptions): Promise<FleetOutline>
  importers(aspects: readonly AspectName[], options?: RequestOptions): Promise<readonly string[]>
  load(options?: RequestOptions): Promise<Fleet>
  hosts(options?: RequestOptions): Promise<readonly Host[]>
  aspects(options?: RequestOptions): Promise<FleetAspects>
  vars(hosts?: readonly string[], options?: RequestOptions): Promise<readonly VarFile[]>
  definedIn(files: readonly string[], options?: RequestOptions): Promise<Answers["definedIn"]>
  systems(
    hosts: readonly string[] | undefined,
    options: readonly (readonly string[])[],
    request?: RequestOptions,
  ): Promise<readonly SystemSnapshot[]>
  option(
    path: string,
    hosts?: readonly string[],
    options?: RequestOptions,
    aspects?: readonly AspectName[],
  ): Promise<OptionAnswer>
  check(options?: RequestOptions): Promise<readonly Finding[]>
  why(path: string, options?: RequestOptions): Promise<FileRole>
  plan(hosts: readonly string[], options?: RequestOptions): Promise<Plan>
  packages(options?: RequestOptions): Promise<Packages>
  wanted(options?: RequestOptions): Promise<readonly SourceRequest[]>
  lock(options?: RequestOptions): Promise<Lock>
  stageBuild(derivation: string, options?: RequestOptions): Promise<StagedBuild | undefined>
  setFile(path: string, text: string | undefined): void
  filesChanged(paths: readonly string[]): void
  /** Calls `listener` whenever the thread dies; the result stops that. */
  onCrash(listener: (crash: Crash) => void): () => void
  /** Throws away all that was computed and starts over, also after too many crashes. */
  restart(): void
  /** Ends the thread; pending requests are rejected with `Cancelled`. */
  dispose(): Promise<void>
}
