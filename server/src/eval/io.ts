// All that evaluation asks of the world outside the language. Synchronous: evaluation never awaits, so files are read
// and inputs fetched before, and a missing one is an error that names it.
//
// Paths are those the program sees. A flake input is seen at its store path, wherever its files really lie.

import { Cancelled } from "../base/index.js"
import type { Builds } from "./derivations/builds.js"
import { EvalError } from "./errors/error.js"
import type { Evaluator } from "./evaluator.js"
import type { Value } from "./values/value.js"

export type FileKind = "regular" | "directory" | "symlink" | "unknown"

export interface EvalIO {
  /** The bytes of a file, one per character. Throws an Error whose message is the reason. */
  readFile(path: string): string
  /** The same to be hashed and forgotten: whoever answers remembers nothing. Contents of secrets come this way only. */
  readBytes(path: string): Uint8Array
  /** What is at the path, not following a last symlink; undefined when there is nothing. */
  kindOf(path: string): FileKind | undefined
  /**
   * A text that tells one state of a regular file from every other, and from all of other files, so that its code need not be
   * made again nor its bytes hashed; undefined where only the text itself can tell.
   */
  stampOf(path: string): string | undefined
  isExecutable(path: string): boolean
  /** Names and kinds of a directory's entries, in no order. Throws when it cannot be read. */
  readDir(path: string): ReadonlyMap<string, FileKind>
  readLink(path: string): string
  /** The value of an environment variable, or "" as in pure evaluation. */
  getEnv(name: string): string
  /** Entries of the search path, `prefix` "" for one that has none. */
  readonly searchPath: readonly { readonly prefix: string; readonly path: string }[]
  /** Folder that relative entries of a search path start from; without one, nothing is found at them. */
  readonly folder?: string
  /** Nix system double of `builtins.currentSystem`; undefined in pure evaluation. */
  readonly currentSystem: string | undefined
  /** Seconds since 1970 of `builtins.currentTime`; undefined in pure evaluation. */
  readonly currentTime: number | undefined
  /** Where store paths live, normally /nix/store. */
  readonly storeDir: string
  /** A source that a fetching builtin wants. Throws EvalError for one that cannot be had. */
  fetch(request: FetchRequest): FetchedTree
  /** Results of builds, for import from derivation; undefined where nothing can ever be built. */
  readonly builds: Builds | undefined
  /** Flakes by reference. */
  readonly flakes: FlakeAccess
  /** A line that `builtins.trace` or `builtins.warn` writes. */
  trace(line: string): void
}

/** Failures of the file system become errors of the program; what ends an evaluation (a program may filter) passes through. */
export function attemptIO<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof EvalError || error instanceof Cancelled) throw error
    if (error instanceof RangeError || !(error instanceof Error)) throw error
    throw new EvalError("file-not-found", error.message)
  }
}

/** Whether evaluation is pure: then nobody tells it the time. */
export function isPure({ currentTime }: EvalIO): boolean {
  return currentTime === undefined
}

/** What the builtins on flakes need of who knows flakes; references are byte strings. */
export interface FlakeAccess {
  /** The value of the flake that `ref` names. Throws EvalError. */
  getFlake(ev: Evaluator, ref: string): Value
  /** The attributes of a reference. Throws EvalError. */
  parseFlakeRef(ref: string): Readonly<Record<string, string | number | boolean>>
  /** The reference that attributes stand for. Throws EvalError. */
  flakeRefToString(attrs: Readonly<Record<string, string | number | boolean>>): string
}

/** What `fetchTree` and its relatives ask for, with the attributes they were given; hashes are in SRI form. */
export interface FetchRequest {
  readonly kind: "tree" | "git" | "mercurial" | "tarball" | "file"
  readonly attrs: Readonly<Record<string, string | number | boolean>>
}

/** A source that is there. `facts` are the other attributes of what `fetchTree` returns (`rev`, `narHash`, ..). */
export interface FetchedTree {
  readonly storePath: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** A world with nothing in it: enough for an expression that needs no files. */
export const noIO: EvalIO = {
  readFile: path => nothing(path),
  readBytes: path => nothing(path),
  kindOf: () => undefined,
  stampOf: () => undefined,
  isExecutable: () => false,
  readDir: path => nothing(path),
  readLink: path => nothing(path),
  getEnv: () => "",
  searchPath: [],
  currentSystem: undefined,
  currentTime: undefined,
  storeDir: "/nix/store",
  fetch: () => {
    throw new EvalError("missing-input", "nothing can be fetched here")
  },
  builds: undefined,
  flakes: { getFlake: noFlakes, parseFlakeRef: noFlakes, flakeRefToString: noFlakes },
  trace: () => {},
}

function nothing(path: string): never {
  throw new Error(`opening file '${path}': no such file or directory`)
}

function noFlakes(): never {
  throw new EvalError("unsupported", "there are no flakes here")
}
