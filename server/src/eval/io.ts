// Everything that evaluation needs from outside the language. It is synchronous, since evaluation never awaits: a missing file or
// input is an error that names it.
//
// Paths are those that the program sees. A flake input is at its store path, wherever its files really are.

import { Cancelled } from "../base/index.js"
import { defaultStoreDir } from "../store/index.js"
import type { Builds } from "./derivations/builds.js"
import { EvalError } from "./errors/error.js"
import type { Evaluator } from "./evaluator.js"
import type { Value } from "./values/value.js"

export type FileKind = "regular" | "directory" | "symlink" | "unknown"

export interface EvalIO {
  /** The bytes of a file, one per character. @throws Error whose message is the reason */
  readFile(path: string): string
  /** The same, to be hashed and forgotten: the implementation must not remember it. Only here do contents of secrets pass. */
  readBytes(path: string): Uint8Array
  /** What is at the path, not following a last symlink; undefined when there is nothing. */
  kindOf(path: string): FileKind | undefined
  /**
   * A text that identifies the state of a regular file among all states of all files, so that its code and its hash can be reused;
   * undefined if only its contents can tell.
   */
  stampOf(path: string): string | undefined
  isExecutable(path: string): boolean
  /** Frees what it remembers only to be fast. Texts keep their world, to be read again should anybody want a place in them. */
  release?(): void
  /** Names and kinds of a directory's entries, in no particular order. @throws Error when it cannot be read */
  readDir(path: string): ReadonlyMap<string, FileKind>
  readLink(path: string): string
  /** The value of an environment variable, or "" as in pure evaluation. */
  getEnv(name: string): string
  /** Entries of the search path, `prefix` "" for one that has none. */
  readonly searchPath: readonly { readonly prefix: string; readonly path: string }[]
  /** Folder that relative entries of a search path start from; without it, they find nothing. */
  readonly folder?: string
  /** Nix system double of `builtins.currentSystem`; undefined in pure evaluation. */
  readonly currentSystem: string | undefined
  /** Seconds since 1970 of `builtins.currentTime`; undefined in pure evaluation. */
  readonly currentTime: number | undefined
  /** Where store paths live, normally /nix/store. */
  readonly storeDir: string
  /** Fetches a source for a builtin. @throws EvalError if it cannot be fetched */
  fetch(request: FetchRequest): FetchedTree
  /** Builds, for import from derivation; undefined if nothing can ever be built. */
  readonly builds: Builds | undefined
  /** Flakes by reference. */
  readonly flakes: FlakeAccess
  /** Takes a line that `builtins.trace` or `builtins.warn` writes. */
  trace(line: string): void
}

/** Turns failures of the file system into errors of the program. Whatever ends an evaluation passes through. */
export function attemptIO<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof EvalError || error instanceof Cancelled) throw error
    if (error instanceof RangeError || !(error instanceof Error)) throw error
    throw new EvalError("file-not-found", error.message)
  }
}

/** Whether evaluation is pure: then it does not know the time. */
export function isPure({ currentTime }: EvalIO): boolean {
  return currentTime === undefined
}

/** What the builtins on flakes need. References are byte strings. */
export interface FlakeAccess {
  /** The value of the flake that `ref` names. @throws EvalError */
  getFlake(ev: Evaluator, ref: string): Value
  /** The attributes of a reference. @throws EvalError */
  parseFlakeRef(ref: string): Readonly<Record<string, string | number | boolean>>
  /** The text of the reference with these attributes. @throws EvalError */
  flakeRefToString(attrs: Readonly<Record<string, string | number | boolean>>): string
}

/** The request of `fetchTree` and related builtins, with the attributes they were given. Hashes are in SRI form. */
export interface FetchRequest {
  readonly kind: "tree" | "git" | "mercurial" | "tarball" | "file"
  readonly attrs: Readonly<Record<string, string | number | boolean>>
}

/** A fetched source. `facts` are the other attributes of what `fetchTree` returns (`rev`, `narHash`, ..). */
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
  storeDir: defaultStoreDir,
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
