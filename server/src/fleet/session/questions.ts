// What a fleet can be asked, and what the answers are: plain data that crosses from thread to thread.

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

/** Everything that can be asked, by kind. Hosts are named, or all are asked. */
export type Question =
  /** What is known of the fleet before any host is evaluated. */
  | { readonly kind: "outline" }
  /** Names of the hosts that import one of some aspects. */
  | { readonly kind: "importers"; readonly aspects: readonly AspectName[] }
  | { readonly kind: "load" }
  /** The hosts alone, and the aspects alone: for who wants no more, each costs less than `load`. */
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
  /** The option at a dotted path. With `aspects`, where a module of one of these is: in hosts, or in homes of their users. */
  | {
      readonly kind: "option"
      readonly path: string
      readonly hosts?: Names
      readonly aspects?: readonly AspectName[] | undefined
    }
  /** What a function is, or a type of options; nothing for all else. */
  | { readonly kind: "function"; readonly root: FunctionRoot; readonly path: readonly string[] }
  | { readonly kind: "package"; readonly path: readonly string[]; readonly hosts?: Names }
  | { readonly kind: "check"; readonly hosts?: Names }
  /** What the file at an absolute path is to the fleet. */
  | { readonly kind: "why"; readonly path: string }
  | { readonly kind: "plan"; readonly hosts: readonly string[] }
  | { readonly kind: "packages" }
  /** Sources that are not here and could be fetched: the flake's inputs, and what evaluation wanted so far. */
  | { readonly kind: "wanted" }
  /** What flake.lock has to say. Fails, in words for people, for an input that cannot be locked. */
  | { readonly kind: "lock" }
  /** Lays out what a build needs that a finding named; nothing if nothing needs it any more. */
  | { readonly kind: "stageBuild"; readonly derivation: string }

type Names = readonly string[] | undefined

export type Kind = Question["kind"]

/** The question of a kind. Written so that the compiler sees which row of a table is whose. */
export type QuestionOf<K extends Kind> = { [P in K]: Extract<Question, { readonly kind: P }> }[K]

/** The answer to each kind of question. */
export interface Answers {
  readonly outline: ListedFleet
  readonly importers: readonly string[]
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
  readonly why: FileRole
  readonly plan: Plan
  readonly packages: Packages
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
}
