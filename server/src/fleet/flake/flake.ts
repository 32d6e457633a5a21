// Opens a flake: from a folder or a reference to an evaluator, the flake's value, its inputs, and what is wrong with them.
//
// Opening evaluates nothing. It only reads flake.nix, flake.lock and the index of a working tree, and hashes a flake that is not
// locked. What may survive an edit (code of files, hashes of trees) is passed in, so that opening again is cheap.

import {
  type Attrs,
  type Builds,
  bytesOf,
  EvalError,
  Evaluator,
  type EvaluatorSettings,
} from "../../eval/index.js"
import { defaultStoreDir } from "../../store/index.js"
import type { Files } from "../files.js"
import type { FleetSetup } from "../session/session-port.js"
import { fetchForBuiltin } from "../sources/fetch-builtins.js"
import { Mounts } from "../sources/mounts.js"
import type { SourceRequest, SourceSupply } from "../sources/source-supply.js"
import { Sources } from "../sources/sources.js"
import { type KnownHashes, TreeHashes, type TreeOnDisk } from "../sources/tree-hash.js"
import { callFlake } from "./call-flake.js"
import { type FlakeSources, findFlake, type NoFlake } from "./find-flake.js"
import { type FlakeInput, flakeInputs, inputProblems } from "./flake-inputs.js"
import { createFlakeIO, type Machine } from "./flake-io.js"
import { realFolder } from "./flake-place.js"
import { byPlace, type FileProblem, type FlakeProblem, flakeProblem, noFlake } from "./flake-problem.js"
import { shown } from "./flake-ref-print.js"
import { entryOf, evaluateOutputs, flakelessOutputs } from "./flakeless-fleet.js"
import { flakeAccess } from "./get-flake.js"
import { lockGraph } from "./lock-graph.js"
import { emptyNode, type LockNode } from "./lock-node.js"
import { overrideRefs } from "./override-refs.js"

/** What lives longer than one opening. */
export interface FlakeCaches {
  readonly hashes: TreeHashes
}

/**
 * Makes empty caches.
 * @param trees hashes of trees from earlier runs; new ones are added to it
 * @param hashing called now and then with the tree that is being hashed, if that takes long
 */
export function newFlakeCaches(trees?: KnownHashes, hashing?: (root: string) => void): FlakeCaches {
  return { hashes: new TreeHashes(hashing, trees) }
}

export interface OpenSettings extends Omit<EvaluatorSettings, "io"> {
  readonly caches?: FlakeCaches
  /** Takes what `builtins.trace` writes. */
  readonly trace?: (line: string) => void
  /**
   * Whether a source that is not locked keeps the store path of its first opening (in `caches`). While a person types, this saves
   * hashing the source and encoding its files again. A derivation that contains the path of the source then has the path that it
   * had before the edit.
   */
  readonly keepNames?: boolean
  /** Whether messages call a file by the source that holds it, as `nix eval` does, and not by its path in the store. */
  readonly namesSources?: boolean
  /** Supplies sources from elsewhere; without it, only those on this machine are found. */
  readonly supply?: SourceSupply
  /** Supplies results of builds; without it, whatever needs one fails. */
  readonly builds?: Builds
  /** Where store paths are; `/nix/store` unless said otherwise. */
  readonly storeDir?: string
  /** What the flake sees of the machine, as `--impure`; nothing unless given. */
  readonly machine?: Machine
  /** What a fleet without a flake sees of it. */
  readonly flakelessMachine?: (root: string) => Machine
}

/** An open flake. Paths are byte strings; `mounts` maps paths that evaluation sees to real ones. */
export interface OpenFlake {
  readonly evaluator: Evaluator
  /** Its reference, as messages show it. */
  readonly name: string
  /** Whether it is a fleet without a flake: see flakeless-fleet.ts. */
  readonly isFlakeless?: true
  /** Real path of the folder that holds flake.nix. */
  readonly root: string
  /** Real path of the file that makes the outputs: flake.nix, or what stands for it in a fleet without a flake. It may be missing. */
  readonly entry: string
  /** Real path of the whole source: of the repository, if there is one. */
  readonly sourceRoot: string
  /** Whether a real path below `sourceRoot` belongs to the source. In a repository, git has to track it or something in it. */
  readonly holds: (path: string) => boolean
  readonly mounts: Mounts
  readonly lock: LockNode
  /** Why Nix could not lock the inputs, and so would evaluate nothing. `self` answers what it can. */
  readonly lockFailure?: string
  /** Searched for when first read; the flake's own inputs are fetched if that is allowed. */
  readonly inputs: readonly FlakeInput[]
  /** Sources that are missing and could be fetched. Evaluation may add to it. */
  readonly wanted: ReadonlyMap<string, SourceRequest>
  /** Real paths of files that evaluation came across so far and that git does not track. */
  readonly untracked: ReadonlySet<string>
  /** What is wrong with flake.nix, flake.lock and the inputs. */
  readonly problems: readonly FlakeProblem[]
  /** The flake's value: its outputs, with `inputs`, `sourceInfo` and the rest. Evaluated when first read. @throws Cancelled */
  readonly self: Attrs | EvalError
}

/**
 * Opens the flake at `setup.root`, a folder (of a repository, its working tree counts) or a flake reference.
 * Never throws for what is wrong with the flake: that is in `problems`, and then `self` is an error.
 */
export function openFlake(setup: FleetSetup, files: Files, settings: OpenSettings = {}): OpenFlake {
  const world = worldOf(files, settings)
  const { evaluator, sources, mounts, untracked } = world
  const found = findFlake(bytesOf(setup.root), world)
  if (found.kind === "nothing")
    return openFlakeless(setup, found.root, files, settings) ?? unopened(found, world)
  const { place, flake } = found
  const { overrideInputs, folder } = setup
  const baseDir = folder === undefined ? realFolder(place) : bytesOf(folder)
  const overrides = overrideRefs(overrideInputs, { files, baseDir, file: flake.path })
  const graph = lockGraph(flake, place, { files, sources, overrides: overrides.refs })
  const lockFailure = overrides.problems[0]?.message ?? graph.lockFailure
  let inputs: readonly FlakeInput[] | undefined
  let self: Attrs | EvalError | undefined
  const ofFile = flake.problems.map(problem => ({ ...problem, file: flake.path }))
  const first = [...ofFile, ...overrides.problems, ...graph.problems]
  const textOf = (file: string) => (files.kindOf(file) === "regular" ? files.readFile(file) : undefined)
  return {
    evaluator,
    name: shown(place.dir === "" ? place.source.ref : { ...place.source.ref, dir: place.dir }),
    root: realFolder(place),
    entry: flake.path,
    sourceRoot: place.source.tree.root,
    holds: path => holds(place.source.tree, path),
    mounts,
    lock: graph.root,
    ...(lockFailure === undefined ? {} : { lockFailure }),
    get inputs() {
      return (inputs ??= flakeInputs(graph.root, flake, sources))
    },
    wanted: sources.wanted,
    untracked,
    get problems() {
      const all = [...first, ...inputProblems(this.inputs, flake)]
      return all.map(problem => flakeProblem(problem, textOf)).sort(byPlace)
    },
    get self() {
      return (self ??= valueOrError(() => {
        if (flake.fatal !== undefined) throw noFlake(flake, flake.fatal)
        if (graph.brokenLock !== undefined) throw new EvalError("invalid-value", graph.brokenLock.message)
        return evaluator.attrs(callFlake(graph, { evaluator, mounts, sources }))
      }))
    },
  }
}

/** The evaluator of a flake, and what it evaluates in. */
interface World extends FlakeSources {
  readonly evaluator: Evaluator
  readonly untracked: ReadonlySet<string>
}

function worldOf(files: Files, settings: OpenSettings): World {
  const { keepNames = false, supply, machine, builds, trace, storeDir = defaultStoreDir } = settings
  const { hashes } = settings.caches ?? newFlakeCaches()
  const given = supply === undefined ? {} : { supply }
  const sources = new Sources({ files, hashes, storeDir, keepNames, ...given })
  const mounts = new Mounts(storeDir)
  const pure = machine === undefined
  const untracked = new Set<string>()
  const io = createFlakeIO({
    files,
    mounts,
    fetch: request => fetchForBuiltin(request, { files, mounts, sources, pure, warn: trace ?? (() => {}) }),
    flakes: flakeAccess({ files, sources, mounts, pure }),
    untracked,
    ...(machine === undefined ? {} : { machine }),
    ...(builds === undefined ? {} : { builds }),
    ...(trace === undefined ? {} : { trace }),
  })
  const naming = settings.namesSources === true ? { nameFile: (file: string) => mounts.shownPath(file) } : {}
  const evaluator = new Evaluator({ ...settings, ...naming, io })
  return { files, evaluator, sources, mounts, untracked }
}

function holds({ root, visible }: TreeOnDisk, path: string): boolean {
  return visible?.has(path.slice(root.length + 1)) ?? true
}

function valueOrError(compute: () => Attrs): Attrs | EvalError {
  try {
    return compute()
  } catch (error) {
    if (error instanceof EvalError) return error
    throw error
  }
}

/** Opens a fleet in a folder without a flake; undefined if there is none. */
function openFlakeless(
  setup: FleetSetup,
  root: string,
  files: Files,
  settings: OpenSettings,
): OpenFlake | undefined {
  const { flakelessMachine, machine = flakelessMachine?.(root) } = settings
  const expression = root.startsWith("/") ? flakelessOutputs(root, files, setup.hosts ?? {}) : undefined
  if (machine === undefined || expression === undefined) return undefined
  const world = worldOf(files, { ...settings, machine })
  let self: Attrs | EvalError | undefined
  return {
    ...bareFlake(root, world),
    entry: entryOf(root, files, setup.hosts ?? {}),
    isFlakeless: true,
    get self() {
      return (self ??= valueOrError(() => evaluateOutputs(world.evaluator, expression, root)))
    },
  }
}

/** Stands for a flake that does not exist. */
function unopened({ root, failure }: NoFlake, world: World): OpenFlake {
  const problem: FileProblem = {
    file: `${root}/flake.nix`,
    range: { start: 0, end: 1 },
    severity: "error",
    code: "flake-missing",
    message: failure.message,
  }
  return {
    ...bareFlake(root, world),
    problems: [flakeProblem(problem, () => undefined)],
    self: failure,
  }
}

/** A folder as a flake without lock and inputs. */
function bareFlake(root: string, { evaluator, sources, mounts, untracked }: World): Omit<OpenFlake, "self"> {
  return {
    evaluator,
    name: root,
    root,
    entry: `${root}/flake.nix`,
    sourceRoot: root,
    holds: () => true,
    mounts,
    lock: emptyNode(),
    inputs: [],
    wanted: sources.wanted,
    untracked,
    problems: [],
  }
}
