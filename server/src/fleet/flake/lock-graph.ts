// The inputs of a flake, and their inputs, as they are now: what flake.nix says, with flake.lock as far as it still fits.
//
// The rules are those by which Nix updates a lock file, but nothing is fetched or written. An input whose reference has not changed
// keeps its node. A new one is used if it is on this machine (a path, a local repository, an override); otherwise it has no source,
// which is a problem that names it.

import type { Severity, TextRange } from "../../base/index.js"
import type { Files } from "../files.js"
import type { Sources } from "../sources/sources.js"
import type { DeclaredInput } from "./declared-input.js"
import type { FlakeFile } from "./flake-file.js"
import { type FlakePlace, flakeAt, realFolder, visibleFile } from "./flake-place.js"
import type { FileProblem } from "./flake-problem.js"
import { type FlakeRef, relativePath, sameRef } from "./flake-ref.js"
import { shown } from "./flake-ref-print.js"
import { findLocked, findUnlocked, type WantedInput } from "./input-place.js"
import { LockFileError, readLockFile } from "./lock-file.js"
import {
  brokenFollows,
  emptyNode,
  graphOf,
  type InputPath,
  isNode,
  type LockNode,
  newNode,
  pathKey,
  sameNode,
  samePath,
} from "./lock-node.js"

/** Problems that keep a lock file from being written. */
const preventsLocking: ReadonlySet<string> = new Set(["flake-input-missing", "flake-follows"])

export interface LockGraph {
  readonly root: LockNode
  /** Whether Nix would write a new flake.lock. */
  readonly isChanged: boolean
  readonly problems: readonly FileProblem[]
  /** A lock file that cannot be read: Nix evaluates nothing then. */
  readonly brokenLock: LockFileError | undefined
  /** Why Nix could not lock the inputs, and so would evaluate nothing. A fleet answers what it can. */
  readonly lockFailure: string | undefined
}

export interface GraphSettings {
  readonly files: Files
  readonly sources: Sources
  /** By the path of an input, joined by slashes. */
  readonly overrides: ReadonlyMap<string, FlakeRef>
}

/** The graph of the flake at `place`, whose flake.nix is `flake`. Never throws: mistakes and missing inputs are problems. */
export function lockGraph(flake: FlakeFile, place: FlakePlace, settings: GraphSettings): LockGraph {
  return new Locker(flake, settings).lock(place)
}

/** An override: a declaration in some flake.nix about an input of an input. */
interface Override {
  readonly input: DeclaredInput
  /** Where that flake is, for relative paths. */
  readonly place: FlakePlace | undefined
  readonly parent: InputPath
}

/** One flake whose inputs are being locked. */
interface Job {
  /** The paths that they follow start at the root. */
  readonly declared: ReadonlyMap<string, DeclaredInput>
  readonly node: LockNode
  readonly path: InputPath
  /** What an existing lock file says about this flake. */
  readonly old: LockNode | undefined
  /** The path of the flake that the old lock file belongs to; paths in it start there. */
  readonly followsPrefix: InputPath
  readonly place: FlakePlace | undefined
  /** Whether what follows what may be believed without looking into the flake. */
  readonly trust: boolean
}

class Locker {
  private readonly problems: FileProblem[] = []
  private readonly overrides = new Map<string, Override>()
  private readonly unusedOverrides: Set<string>
  /** Inputs of the root that its lock file does not know as they are now. */
  private readonly fresh: string[] = []
  private brokenLock: LockFileError | undefined
  /** References of the flakes that are being entered, to notice a flake that is its own input. */
  private readonly entered: FlakeRef[] = []

  constructor(
    private readonly flake: FlakeFile,
    private readonly settings: GraphSettings,
  ) {
    this.unusedOverrides = new Set(settings.overrides.keys())
  }

  lock(place: FlakePlace): LockGraph {
    const root = newNode({ path: [], place })
    const old = this.oldLock(place, [])
    if (this.brokenLock !== undefined) return this.result({ root, isChanged: false })
    this.lockInputs({
      declared: this.flake.inputs,
      node: root,
      path: [],
      old,
      followsPrefix: [],
      place,
      trust: false,
    })
    for (const name of this.unusedOverrides)
      this.report([], "warning", "flake-override", `the override of input '${name}' matches no input`)
    for (const { path, message } of brokenFollows(root)) this.report(path, "error", "flake-follows", message)
    const isChanged = !sameNode(old ?? emptyNode(), root, new Set())
    const isOverridden = this.settings.overrides.size > 0 && this.fresh.length === 0
    // With such a problem the lock file cannot be updated yet: it comes first.
    const cannotLock = this.problems.some(({ code }) => preventsLocking.has(code))
    if (old !== undefined && isChanged && !isOverridden && !cannotLock) this.reportStale()
    return this.result({ root, isChanged })
  }

  private result(graph: Pick<LockGraph, "root" | "isChanged">): LockGraph {
    const { problems, brokenLock } = this
    const lockFailure = problems.find(({ severity }) => severity === "error")?.message
    return { ...graph, problems, brokenLock, lockFailure }
  }

  private reportStale(): void {
    const names = this.fresh.map(name => `'${name}'`).join(", ")
    const message =
      names === ""
        ? "flake.lock does not fit flake.nix any more"
        : `flake.lock does not match flake.nix any more: it does not have input ${names} as it is now`
    this.report(this.fresh.slice(0, 1), "warning", "flake-lock-stale", message)
  }

  private lockInputs(job: Job): void {
    this.reportUnusedDeclarations(job)
    for (const [name, input] of job.declared) this.addOverrides(job, [...job.path, name], input)
    for (const [name, input] of job.declared) this.lockInput(job, name, input)
  }

  /** Adds what an input says about its own inputs, and about theirs. Who said something first, nearer to the root, is right. */
  private addOverrides(job: Job, path: InputPath, { inputs }: DeclaredInput): void {
    for (const [name, input] of inputs) {
      const inner = [...path, name]
      const key = pathKey(inner)
      const isOverride = input.ref !== undefined || input.follows !== undefined
      if (isOverride && !this.overrides.has(key))
        this.overrides.set(key, { input, place: job.place, parent: job.path })
      this.addOverrides(job, inner, input)
    }
  }

  /** Reports overrides of inputs that do not exist. */
  private reportUnusedDeclarations({ path, declared }: Job): void {
    for (const key of this.overrides.keys()) {
      const names = key.split("/")
      const name = names.pop() ?? ""
      if (samePath(names, path) && !declared.has(name))
        this.report(
          [...path, name],
          "warning",
          "flake-override",
          `input '${pathKey(path)}' has an override for a non-existent input '${name}'`,
        )
    }
  }

  private lockInput(job: Job, name: string, declared: DeclaredInput): void {
    const path = [...job.path, name]
    const key = pathKey(path)
    const override = this.overrides.get(key)
    const forced = this.settings.overrides.get(key)
    if (forced !== undefined) this.unusedOverrides.delete(key)
    const wanted = override?.input ?? declared
    if (wanted.follows !== undefined && forced === undefined) {
      job.node.inputs.set(name, wanted.follows)
      return
    }
    const ref = forced ?? wanted.ref ?? declared.ref
    if (ref === undefined) return
    const request: Request = {
      job,
      name,
      path,
      ref,
      original: forced === undefined ? ref : (declared.ref ?? ref),
      isFlake: declared.isFlake,
      place: override?.place ?? job.place,
      parent: relativePath(ref) === undefined ? undefined : (override?.parent ?? job.path),
    }
    const old = forced === undefined ? this.unchanged(request) : undefined
    const node = old === undefined ? this.lockAnew(request) : this.keep(request, old)
    job.node.inputs.set(name, node)
  }

  /** The node of the old lock file, if it is for the same reference. */
  private unchanged({ job, name, ref, parent }: Request): LockNode | undefined {
    const old = job.old?.inputs.get(name)
    if (old === undefined || !isNode(old) || old.original === undefined) return undefined
    const isSame = sameRef(old.original, ref) && samePath(old.parent, parent)
    return isSame ? old : undefined
  }

  /** Keeps a node with its inputs, without looking into the flake unless the lock file does not say enough. */
  private keep(request: Request, old: LockNode): LockNode {
    const { job, path } = request
    const isTrusted = job.trust || !this.lostFollows(path, old)
    // If a `follows` is gone from flake.nix, only the flake itself says what the input is now.
    const place = isTrusted
      ? undefined
      : old.locked && findLocked(old.locked, request.place, this.settings.sources)
    const flake = place === undefined ? undefined : flakeAt(this.settings.files, place)
    // Nix has looked then where a relative path leads.
    const seen = old.parent === undefined || flake === undefined ? undefined : place
    const node = newNode({ ...old, path, inputs: new Map(), place: seen })
    if (flake !== undefined) {
      const declared = fromRoot(flake.inputs, path)
      this.lockInputs({ ...job, declared, node, path, old, place, trust: false })
      return node
    }
    if (!isTrusted) {
      const where = `at input '${pathKey(path)}', whose source is not on this machine`
      this.report(path, "error", "flake-lock-stale", `flake.lock does not match flake.nix ${where}`)
    }
    this.lockInputs({ ...job, declared: inputsOf(old, job.followsPrefix), node, path, old, trust: true })
    return node
  }

  /** Whether an input of the node at `path` followed another one, and no flake.nix says so any more. */
  private lostFollows(path: InputPath, old: LockNode): boolean {
    return Array.from(old.inputs).some(
      ([name, target]) => !isNode(target) && !this.overrides.has(pathKey([...path, name])),
    )
  }

  private lockAnew(request: Request): LockNode {
    const { ref, path, isFlake, original, parent } = request
    const found = findUnlocked(request, this.settings)
    if (path.length === 1 && !this.settings.overrides.has(path[0])) this.fresh.push(path[0])
    const base = { path, isFlake, original, parent, locked: ref }
    const flake = typeof found === "string" || !isFlake ? undefined : flakeAt(this.settings.files, found)
    if (typeof found === "string" || (isFlake && flake === undefined)) {
      const why = typeof found === "string" ? found : `'${realFolder(found)}/flake.nix' does not exist`
      const missing = `input '${pathKey(path)}' is missing: ${why}`
      this.report(path, "error", "flake-input-missing", missing)
      return newNode({ ...base, missing })
    }
    const node = newNode({ ...base, place: found })
    if (flake !== undefined) this.enter(request, node, flake, found)
    return node
  }

  /** Locks the inputs of a new flake by its own lock file. */
  private enter({ path, ref }: Request, node: LockNode, flake: FlakeFile, place: FlakePlace): void {
    // Nix compares the references as written, relative ones too.
    if (this.entered.some(other => sameRef(other, ref))) {
      const message = `input '${pathKey(path)}': found circular import of flake '${shown(ref)}'`
      this.report(path, "error", "flake-circle", message)
      return
    }
    this.entered.push(ref)
    const old = this.oldLock(place, path)
    const declared = fromRoot(flake.inputs, path)
    this.lockInputs({ declared, node, path, old, followsPrefix: path, place, trust: false })
    this.entered.pop()
  }

  /** The lock file of a flake as a graph. A broken one is reported and ignored. */
  private oldLock(place: FlakePlace, path: InputPath): LockNode | undefined {
    const { files } = this.settings
    const file = visibleFile(files, place, "flake.lock")
    if (file === undefined) return undefined
    try {
      return graphOf(readLockFile(file, files.readFile(file)), path)
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error
      this.problems.push({ ...error.problem, file })
      if (path.length === 0) this.brokenLock = error
      return undefined
    }
  }

  /** Reports a problem at what the root flake says of the input, or else of the nearest input above it. */
  private report(path: InputPath, severity: Severity, code: string, message: string): void {
    let range: TextRange = { start: 0, end: 1 }
    let { inputs } = this.flake
    for (const name of path) {
      const input = inputs.get(name)
      if (input === undefined) break
      range = input.range
      inputs = input.inputs
    }
    this.problems.push({ file: this.flake.path, range, severity, code, message })
  }
}

/** One input to find a node for. */
interface Request extends WantedInput {
  readonly job: Job
  readonly name: string
  readonly path: InputPath
  /** What flake.nix says, which an override on the command line does not change. */
  readonly original: FlakeRef
  readonly parent: InputPath | undefined
}

/** What the inputs of a node of a lock file would be declared as. What they follow begins at `followsPrefix`. */
function inputsOf(old: LockNode, followsPrefix: InputPath): ReadonlyMap<string, DeclaredInput> {
  const declared = (name: string, target: LockNode | InputPath): DeclaredInput => ({
    name,
    ref: isNode(target) ? target.original : undefined,
    refText: "",
    follows: isNode(target) ? undefined : [...followsPrefix, ...target],
    isFlake: isNode(target) ? target.isFlake : true,
    inputs: new Map(),
    range: { start: 0, end: 0 },
  })
  return new Map(Array.from(old.inputs, ([name, target]) => [name, declared(name, target)]))
}

/** Declarations of the flake at `path`, with what they follow as seen from the root. */
function fromRoot(
  declared: ReadonlyMap<string, DeclaredInput>,
  path: InputPath,
): ReadonlyMap<string, DeclaredInput> {
  const moved = (input: DeclaredInput): DeclaredInput => ({
    ...input,
    follows: input.follows === undefined ? undefined : [...path, ...input.follows],
    inputs: fromRoot(input.inputs, path),
  })
  return new Map(Array.from(declared, ([name, input]) => [name, moved(input)]))
}
