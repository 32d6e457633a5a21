// What the evaluation thread is asked to do for `canopy eval`. Plain data: it crosses to the thread.

import type { LanguageSettings } from "../../eval/index.js"
import type { Measure } from "../bench/thread.js"

/** Where the expression comes from. */
export type EvalSource =
  | { readonly kind: "expression"; readonly text: string }
  /** A path as given; a folder means its default.nix, and `-` means stdin. */
  | { readonly kind: "file"; readonly path: string }
  /** A folder with a flake.nix, or a reference to be found. */
  | { readonly kind: "flake"; readonly reference: string }

export interface AutoArgument {
  readonly name: string
  readonly kind: "expression" | "string"
  readonly text: string
}

export interface EvalRequest {
  readonly source: EvalSource
  /** Selection path, "" for the whole (for a flake: its default package). */
  readonly attr: string
  readonly output: "nix" | "json" | "raw"
  /** Whether JSON is printed over several lines. */
  readonly pretty?: boolean
  /** Where to write texts as files, instead of printing. */
  readonly writeTo?: string | undefined
  /** Evaluate all of the value first, so that an error anywhere in it is the answer. */
  readonly strict: boolean
  readonly pure: boolean
  /** Entries of `-I`, in order: `NAME=PATH` or `PATH`. */
  readonly searchPath: readonly string[]
  /** Entries that replace those of NIX_PATH. */
  readonly nixPath?: readonly string[] | undefined
  /** Nix system double to evaluate for, unless this machine's. */
  readonly system?: string | undefined
  readonly args: readonly AutoArgument[]
  /** A function to apply to the value. */
  readonly apply: string | undefined
  readonly overrideInputs: Readonly<Record<string, string>>
  readonly offline: boolean
  /** Whether what is imported from derivations may be built. */
  readonly allowBuilds: boolean
  readonly language: LanguageSettings
  readonly trace: boolean
  readonly stats: boolean
  /** Folder that relative paths start from, absolute. */
  readonly folder: string
}

/** What the thread is started with. */
export type ThreadTask =
  | { readonly kind: "print"; readonly request: EvalRequest }
  /** Figures of how fast evaluation is, posted as one `Outcome`. */
  | { readonly kind: "measure"; readonly what: Measure; readonly nixpkgs: string; readonly runs: number }

/** A printed value, or the message of the error that came instead. Texts for people, no bytes. */
export type Outcome = { readonly text: string } | { readonly error: string }
