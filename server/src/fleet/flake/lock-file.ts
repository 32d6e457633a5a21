// Reads and checks flake.lock, which has the revision of each input as nodes that refer to each other. Every mistake is reported with
// its file and node. lock-graph.ts says what the file means together with flake.nix.
//
// Format: Nix manual, `nix flake` (Lock files); versions 5 to 7 differ in nothing that is read here.

import { messageOf, type Problem, type TextRange } from "../../base/index.js"
import { utf8Fault } from "../../eval/index.js"
import { StoreError } from "../../store/index.js"
import { checkFlakeRef, type FlakeRef, FlakeRefError, isKnownType, narHashOf } from "./flake-ref.js"

export interface LockFileNode {
  /** By name: the key of another node, or names to follow from the root. */
  readonly inputs: ReadonlyMap<string, string | readonly string[]>
  readonly locked: FlakeRef | undefined
  readonly original: FlakeRef | undefined
  readonly isFlake: boolean
  /** For a relative path: the path of the input that it is relative to. */
  readonly parent: readonly string[] | undefined
}

export interface LockFile {
  readonly path: string
  readonly text: string
  readonly root: string
  readonly nodes: ReadonlyMap<string, LockFileNode>
}

/** A lock file that cannot be used, and why. */
export class LockFileError extends Error {
  constructor(
    message: string,
    readonly range: TextRange,
  ) {
    super(message)
  }

  get problem(): Problem {
    return { range: this.range, severity: "error", code: "flake-lock", message: this.message }
  }
}

/** Reads the text of flake.lock. @throws LockFileError */
export function readLockFile(path: string, text: string): LockFile {
  const reader = new LockReader(path, text)
  const json = reader.object(reader.json(), "the file")
  reader.version(json.version)
  const nodes = reader.object(json.nodes, "'nodes'")
  const lock: LockFile = {
    path,
    text,
    root: reader.text(json.root, "'root'"),
    nodes: new Map(Object.entries(nodes).map(([key, node]) => [key, reader.node(key, node)])),
  }
  reader.checkReferences(lock)
  return lock
}

class LockReader {
  constructor(
    private readonly path: string,
    private readonly source: string,
  ) {}

  json(): unknown {
    // Some editors begin a file with a byte order mark, which Nix passes over.
    const text = this.source.replace(/^(\uFEFF|\xEF\xBB\xBF)/, mark => " ".repeat(mark.length))
    const fault = utf8Fault(text)
    if (fault >= 0) throw this.notJson("it is not UTF-8", fault)
    try {
      return JSON.parse(text)
    } catch (error) {
      const { reason, offset } = whyNoJson(messageOf(error), text)
      throw this.notJson(reason, offset)
    }
  }

  private notJson(reason: string, offset: number): LockFileError {
    const range = { start: offset, end: offset + 1 }
    return new LockFileError(`lock file '${this.path}' is not JSON: ${reason}`, range)
  }

  version(version: unknown = 0): void {
    if (version === 5 || version === 6 || version === 7) return
    this.fail(`has unsupported version ${JSON.stringify(version)}, expected 5, 6 or 7`, "version")
  }

  node(key: string, json: unknown): LockFileNode {
    const node = this.object(json, `node '${key}'`, key)
    const isFlake = node.flake ?? true
    if (typeof isFlake !== "boolean") this.fail(`node '${key}': 'flake' is not a Boolean`, key)
    return {
      inputs: this.inputs(key, node.inputs),
      locked: this.reference(key, "locked", node.locked ?? node.info),
      original: this.reference(key, "original", node.original),
      isFlake,
      parent:
        node.parent === undefined ? undefined : this.names(node.parent, `'parent' of node '${key}'`, key),
    }
  }

  object(json: unknown, what: string, key?: string): Record<string, unknown> {
    if (typeof json === "object" && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>
    return this.fail(`${what} is not a JSON object`, key)
  }

  text(json: unknown, what: string, key?: string): string {
    return typeof json === "string" ? json : this.fail(`${what} is not a string`, key)
  }

  /** Checks that all named nodes exist, and that nodes do not contain each other in a circle. */
  checkReferences(lock: LockFile): void {
    if (!lock.nodes.has(lock.root)) this.fail(`lacks the root node '${lock.root}'`, "root")
    for (const [key, node] of lock.nodes) {
      for (const [name, target] of node.inputs)
        if (typeof target === "string" && !lock.nodes.has(target))
          this.fail(`input '${name}' of node '${key}' is node '${target}', which does not exist`, key)
      if (key === lock.root) continue
      if (node.locked === undefined) this.fail(`node '${key}' lacks 'locked'`, key)
      if (node.original === undefined) this.fail(`node '${key}' lacks 'original'`, key)
    }
    this.checkCircles(lock)
  }

  private checkCircles(lock: LockFile): void {
    const done = new Set<string>()
    const visit = (key: string, above: readonly string[]): void => {
      if (above.includes(key))
        this.fail(`nodes contain each other: ${[...above.slice(above.indexOf(key)), key].join(" -> ")}`, key)
      if (done.has(key)) return
      for (const target of lock.nodes.get(key)?.inputs.values() ?? [])
        if (typeof target === "string") visit(target, [...above, key])
      done.add(key)
    }
    visit(lock.root, [])
  }

  private inputs(key: string, json: unknown): ReadonlyMap<string, string | readonly string[]> {
    if (json === undefined) return new Map()
    const entries = Object.entries(this.object(json, `'inputs' of node '${key}'`, key))
    return new Map(
      entries.map(([name, target]) => [
        name,
        typeof target === "string" ? target : this.names(target, `input '${name}' of node '${key}'`, key),
      ]),
    )
  }

  private names(json: unknown, what: string, key: string): readonly string[] {
    if (Array.isArray(json) && json.every(name => typeof name === "string")) return json
    return this.fail(`${what} is neither a node nor a list of input names`, key)
  }

  private reference(key: string, what: string, json: unknown): FlakeRef | undefined {
    if (json === undefined) return undefined
    const ref = this.object(json, `'${what}' of node '${key}'`, key)
    for (const [name, value] of Object.entries(ref))
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
        this.fail(`'${what}.${name}' of node '${key}' is neither a string, a number nor a Boolean`, key)
      else if (typeof value === "number" && value < 0)
        this.fail(`'${what}.${name}' of node '${key}' is negative`, key)
    if (typeof ref.type !== "string") this.fail(`'${what}' of node '${key}' lacks 'type'`, key)
    if (!isKnownType(ref.type))
      this.fail(`'${what}' of node '${key}' has the unknown type '${ref.type}'`, key)
    this.checkReference(key, what, ref as FlakeRef)
    return ref as FlakeRef
  }

  private checkReference(key: string, what: string, ref: FlakeRef): void {
    try {
      narHashOf(ref)
      checkFlakeRef(ref)
    } catch (error) {
      if (!(error instanceof FlakeRefError || error instanceof StoreError)) throw error
      this.fail(`'${what}' of node '${key}': ${error.message}`, key)
    }
  }

  private fail(what: string, key?: string): never {
    throw new LockFileError(`lock file '${this.path}' ${describe(what)}`, keyRange(this.source, key))
  }
}

function describe(what: string): string {
  return /^(has|lacks) /.test(what) ? what : `is broken: ${what}`
}

/** What JavaScript says of a text, and where: by a position, or by what is written from ten characters before it to ten after it. */
function whyNoJson(message: string, text: string): { readonly reason: string; readonly offset: number } {
  const [, reason, dots, around] =
    /^(Unexpected token '.+?'), (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? []
  if (reason === undefined)
    return { reason: message, offset: Number(/position (\d+)/.exec(message)?.[1] ?? 0) }
  return { reason, offset: dots === undefined ? 0 : text.indexOf(around) + 10 }
}

/** Where a key is written; the beginning of the file if that is not known. */
function keyRange(text: string, key: string | undefined): TextRange {
  const quoted = JSON.stringify(key)
  for (const { 0: written, index } of text.matchAll(/"(?:[^"\\]|\\.)*"(?=\s*:)/g))
    if (written === quoted) return { start: index, end: index + written.length }
  return { start: 0, end: 1 }
}
