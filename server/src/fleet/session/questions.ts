// What a fleet can be asked, and the types of the answers: plain data that crosses between threads.

import type { VarFile } from "../frameworks/clan-vars.js"
import type {
  AspectName,
  FileRole,
  Finding,
  Fleet,
  FleetAspects,
  FunctionAnswer,
  FunctionRoot,
  Host,
  ListedFleet,
  OptionAnswer,
  PackageAnswer,
  Packages,
  Plan,
} from "../model.js"
import type { SourceRequest } from "../sources/source-supply.js"
import type { SystemSnapshot, Toplevel } from "../system-snapshot.js"
import type { WatchedPaths } from "../watched-paths.js"

/** Everything that can be asked, by kind. Without `hosts`, all hosts are meant. */
export type Question =
  /** What is known of the fleet before any host is evaluated. */
  | { readonly kind: "outline" }
  /** Names of the hosts that import one of some aspects. */
  | { readonly kind: "importers"; readonly aspects: readonly AspectName[] }
  | { readonly kind: "load" }
  /** Only the hosts, or only the aspects: each costs less than `load`. */
  | { readonly kind: "hosts"; readonly hosts?: Names }
  | { readonly kind: "aspects" }
  /** What the vars generators of hosts make. */
  | { readonly kind: "vars"; readonly hosts?: Names }
  /** Paths of options that files set, relative to the flake's folder; and of the sets on the way to them. */
  | { readonly kind: "definedIn"; readonly files: readonly string[] }
  /** The whole systems of hosts, with the values of options. */
  | { readonly kind: "systems"; readonly hosts?: Names; readonly options: readonly (readonly string[])[] }
  /** The derivations of these systems alone. */
  | { readonly kind: "toplevels"; readonly hosts?: Names }
  /** The option at a dotted path; with `aspects`, only in hosts and homes that import one of them. */
  | {
      readonly kind: "option"
      readonly path: string
      readonly hosts?: Names
      readonly aspects?: readonly AspectName[] | undefined
    }
  /** The function, or the type of options, at a path; undefined for anything else. */
  | { readonly kind: "function"; readonly root: FunctionRoot; readonly path: readonly string[] }
  | { readonly kind: "package"; readonly path: readonly string[]; readonly hosts?: Names }
  /** What is wrong; with `systems`, the derivation of each whole system is evaluated as well. */
  | { readonly kind: "check"; readonly hosts?: Names; readonly systems?: boolean }
  /** What is known on the way to checking all hosts, when some are checked: not whether a fallback can go. */
  | { readonly kind: "checkSoFar"; readonly hosts: readonly string[] }
  /** The part that the file at an absolute path has in the fleet. */
  | { readonly kind: "why"; readonly path: string }
  | { readonly kind: "plan"; readonly hosts: readonly string[] }
  | { readonly kind: "packages" }
  /** What the answers so far depend on, for the editor to watch. */
  | { readonly kind: "watched" }
  /** Absolute paths that have changed since they were read. */
  | { readonly kind: "changed" }
  /** Sources that are not here and could be fetched: the flake's inputs, and what evaluation wanted so far. */
  | { readonly kind: "wanted" }
  /** The text for flake.lock. Fails, with a message for people, if an input cannot be locked. */
  | { readonly kind: "lock" }
  /** Lays out what the build that a finding names needs; undefined if nothing needs the build any more. */
  | { readonly kind: "stageBuild"; readonly derivation: string }

type Names = readonly string[] | undefined

export type Kind = Question["kind"]

/** The question of a kind, written so that the compiler can match rows of a table to kinds. */
export type QuestionOf<K extends Kind> = { [P in K]: Extract<Question, { readonly kind: P }> }[K]

/** The answer to each kind of question. */
export interface Answers {
  readonly outline: ListedFleet
  readonly importers: readonly string[] | undefined
  readonly load: Fleet
  readonly hosts: readonly Host[]
  readonly aspects: FleetAspects
  readonly vars: readonly VarFile[]
  readonly definedIn: readonly (readonly string[])[]
  readonly systems: readonly SystemSnapshot[]
  readonly toplevels: readonly Toplevel[]
  readonly option: OptionAnswer
  readonly function: FunctionAnswer | undefined
  readonly package: PackageAnswer
  readonly check: readonly Finding[]
  readonly checkSoFar: readonly Finding[]
  readonly why: FileRole
  readonly plan: Plan
  readonly packages: Packages
  readonly watched: WatchedPaths
  readonly changed: readonly string[]
  readonly wanted: readonly SourceRequest[]
  readonly lock: Lock
  readonly stageBuild: StagedBuild | undefined
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
  /** Whether there is nothing to lock. */
  readonly isEmpty: boolean
}
