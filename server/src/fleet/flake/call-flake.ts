// The value of a flake: its `outputs` called with itself and the values of its inputs, each evaluated only when needed.
//
// The semantics are those of Nix's `call-flake`: `self` is the outputs with `sourceInfo`, `outPath`, `inputs`, `outputs` and `_type`
// on top. An input that is not a flake is its `sourceInfo`. A relative path has the `sourceInfo` of the flake that it is relative
// to, and its `outPath` followed by the path as written. A missing input is an error only for those who use it.

import {
  type Attrs,
  attrsFrom,
  attrsOf,
  Builtin,
  canonicalPath,
  delayNative,
  duringFlakeCall,
  EvalError,
  type Evaluator,
  fromOutputsCall,
  intern,
  Lambda,
  type Lazy,
  NixString,
  Partial,
  placeInFlakeCall,
  type Span,
  type Sym,
  type Value,
} from "../../eval/index.js"
import { type FoundSource, mountOf } from "../sources/found-source.js"
import type { Mounts } from "../sources/mounts.js"
import { type SourceFacts, sourceEntries } from "../sources/source-info.js"
import type { Sources } from "../sources/sources.js"
import { dirOf, placeBelow } from "./flake-place.js"
import { relativePath } from "./flake-ref.js"
import type { LockGraph } from "./lock-graph.js"
import { type InputPath, isNode, type LockNode, pathKey, resolveInput } from "./lock-node.js"

export interface CallSettings {
  readonly evaluator: Evaluator
  readonly mounts: Mounts
  readonly sources: Sources
}

/** The value of the graph's root, as `builtins.getFlake` returns it. @throws EvalError, also when it is forced */
export function callFlake(graph: LockGraph, settings: CallSettings): Value {
  return new FlakeCaller(graph, settings).value(graph.root).result()
}

/** The values of a node. Everything is computed at most once, on demand. */
interface NodeValue {
  sourceInfo(): Attrs
  /** The path that evaluation sees; for a relative path not in canonical form, as in Nix. */
  outPath(): string | NixString
  result(): Value
  /** `result`, for an attribute set. */
  readonly place: Lazy
}

class FlakeCaller {
  private readonly values = new Map<LockNode, NodeValue>()
  private readonly root: LockNode

  constructor(
    private readonly graph: LockGraph,
    private readonly settings: CallSettings,
  ) {
    this.root = graph.root
  }

  value(node: LockNode): NodeValue {
    let value = this.values.get(node)
    if (value === undefined) this.values.set(node, (value = this.newValue(node)))
    return value
  }

  private newValue(node: LockNode): NodeValue {
    const source = once(() => this.source(node))
    const place = delayNative(this.settings.evaluator, () => this.result(node, value))
    const value: NodeValue = {
      sourceInfo: () => source().sourceInfo,
      outPath: () => source().outPath,
      result: () => this.settings.evaluator.force(place),
      place,
    }
    return value
  }

  /** @throws EvalError that names the input if its source is not on this machine */
  private source(node: LockNode): { sourceInfo: Attrs; outPath: string | NixString } {
    if (node.missing !== undefined) throw new EvalError("missing-input", node.missing)
    if (node.place !== undefined) {
      const isRelative = node.locked !== undefined && relativePath(node.locked) !== undefined
      const sourceInfo = this.mounted(
        node.place.source,
        isRelative ? {} : this.factsOf(node, node.place.source),
      )
      return { sourceInfo, outPath: below(outPathOf(this.settings.evaluator, sourceInfo), node.place.dir) }
    }
    const { locked } = node
    if (locked === undefined) throw missing(node, "it has no reference")
    const relative = relativePath(locked)
    if (relative !== undefined) return this.relativeSource(node, relative)
    const found = this.settings.sources.locked(locked)
    if (found.kind === "missing") throw missing(node, found.why)
    const sourceInfo = this.mounted(found, found.facts())
    return { sourceInfo, outPath: below(outPathOf(this.settings.evaluator, sourceInfo), dirOf(locked)) }
  }

  private relativeSource(
    node: LockNode,
    relative: string,
  ): { sourceInfo: Attrs; outPath: string | NixString } {
    const parent = resolveInput(this.root, node.parent ?? [])
    if (parent === undefined)
      throw missing(node, `it is relative to input '${pathKey(node.parent ?? [])}', which does not exist`)
    const value = this.value(parent)
    const outside = this.outsideOf(node, parent, relative)
    if (outside !== undefined) {
      const sourceInfo = this.mounted(outside, outside.facts())
      return { sourceInfo, outPath: outPathOf(this.settings.evaluator, sourceInfo) }
    }
    return { sourceInfo: value.sourceInfo(), outPath: below(value.outPath(), relative) }
  }

  /** The folder of a relative path that leaves the source of its parent, which Nix refuses. */
  private outsideOf(node: LockNode, parent: LockNode, relative: string): FoundSource | undefined {
    const { evaluator, mounts, sources } = this.settings
    const seen = mounts.at(canonicalPath(textOf(this.value(parent).outPath())))
    if (seen === undefined) return undefined
    const source = sources.folder(seen.mount.root)
    const below = placeBelow({ source, dir: seen.relative }, relative, sources)
    if (below.source === source) return undefined
    if (!sources.isThere(below.source)) throw missing(node, `path '${below.source.tree.root}' does not exist`)
    return evaluator.io.kindOf(below.source.tree.root) === undefined ? below.source : undefined
  }

  /** A flake whose lock file is out of date is not the commit it seems to be. */
  private factsOf(node: LockNode, source: FoundSource): SourceFacts {
    if (node !== this.root || !this.graph.isChanged) return source.facts()
    const { rev: _, revCount: __, ...facts } = source.facts()
    return facts
  }

  private mounted(source: FoundSource, facts: SourceFacts): Attrs {
    const mount = mountOf(source)
    this.settings.mounts.add(mount)
    return sourceInfoOf(this.settings.evaluator, mount.storePath, facts)
  }

  private result(node: LockNode, value: NodeValue): Value {
    const { evaluator } = this.settings
    const sourceInfo = value.sourceInfo()
    const outPath = value.outPath()
    if (!node.isFlake)
      return withAttrs(sourceInfo, [
        ["sourceInfo", sourceInfo, placeInFlakeCall("sourceInfoOfFiles")],
        ["outPath", outPath, placeInFlakeCall("outPathOfFiles")],
      ])
    const flake = evaluator.attrs(evaluator.import(`${textOf(outPath)}/flake.nix`))
    const inputs = this.inputs(node)
    const outputs = delayNative(evaluator, () => this.outputs(node, flake, inputs, value.place))
    const result = withAttrs(
      this.attrsOf(node, outputs),
      Array.from(sourceInfo.values, (fact, slot) => [nameAt(sourceInfo, slot), fact]),
    )
    return withAttrs(result, [
      ["outPath", outPath, placeInFlakeCall("outPath")],
      ["inputs", inputs, placeInFlakeCall("inputs")],
      ["outputs", outputs, placeInFlakeCall("ownOutputs")],
      ["sourceInfo", sourceInfo, placeInFlakeCall("sourceInfo")],
      ["_type", "flake", placeInFlakeCall("type")],
    ])
  }

  private attrsOf(node: LockNode, outputs: Lazy): Attrs {
    try {
      return this.settings.evaluator.attrs(outputs)
    } catch (error) {
      throw duringFlakeCall(error, node.path.at(-1))
    }
  }

  private inputs(node: LockNode): Attrs {
    const { evaluator } = this.settings
    return attrsOf(
      Array.from(node.inputs, ([name, target]) => [
        name,
        isNode(target)
          ? this.value(target).place
          : delayNative(evaluator, () => this.followed(node, name, target).result()),
      ]),
    )
  }

  private followed(node: LockNode, name: string, path: InputPath): NodeValue {
    const target = resolveInput(this.root, path)
    if (target !== undefined) return this.value(target)
    const input = pathKey([...node.path, name])
    throw new EvalError("missing-input", `input '${input}' follows a non-existent input '${pathKey(path)}'`)
  }

  private outputs(node: LockNode, flake: Attrs, inputs: Attrs, self: Lazy): Value {
    const { evaluator } = this.settings
    const place = flake.get(OUTPUTS)
    const name = node.path.length === 0 ? "flake" : `flake of input '${pathKey(node.path)}'`
    if (place === undefined) throw new EvalError("missing-attribute", `${name} lacks attribute 'outputs'`)
    const fn = evaluator.force(place)
    if (!(fn instanceof Lambda || fn instanceof Builtin || fn instanceof Partial))
      throw new EvalError("type", `attribute 'outputs' of the ${name} is not a function`)
    try {
      return evaluator.call(fn, withAttrs(inputs, [["self", self]]))
    } catch (error) {
      throw fromOutputsCall(error)
    }
  }
}

const OUTPUTS = intern("outputs")
const OUT_PATH = intern("outPath")

function once<T>(compute: () => T): () => T {
  let done: { readonly value: T } | undefined
  return () => (done ??= { value: compute() }).value
}

function missing(node: LockNode, why: string): EvalError {
  return new EvalError("missing-input", `input '${pathKey(node.path)}' is missing: ${why}`)
}

/** The `sourceInfo` of a source. */
function sourceInfoOf(ev: Evaluator, storePath: string, facts: SourceFacts): Attrs {
  const outPath = new NixString(storePath, new Set([storePath]))
  const entries: [string, Lazy][] = [
    ["outPath", outPath],
    ...Array.from(sourceEntries(facts), ([name, value]): [string, Lazy] => [name, value]),
  ]
  if (facts.revCount !== undefined) entries.push(["revCount", counted(ev, facts.revCount)])
  return attrsOf(entries)
}

function counted(ev: Evaluator, revCount: () => number | undefined): Lazy {
  return delayNative(ev, () => {
    const count = revCount()
    if (count !== undefined) return count
    throw new EvalError(
      "unsupported",
      "the number of revisions is not known: the history of the repository is not complete",
    )
  })
}

function outPathOf(ev: Evaluator, sourceInfo: Attrs): string | NixString {
  return ev.string(sourceInfo.get(OUT_PATH) ?? "")
}

/** Appends `relative` to a path as text, without making it canonical. */
function below(path: string | NixString, relative: string): string | NixString {
  if (relative === "") return path
  return typeof path === "string"
    ? `${path}/${relative}`
    : new NixString(`${path.text}/${relative}`, path.context)
}

function textOf(value: string | NixString): string {
  return typeof value === "string" ? value : value.text
}

function nameAt(set: Attrs, slot: number): Sym {
  return set.shape.keyAt(slot)
}

/** `set // { .. }`, keeping the positions of the names of `set`. What is added may have positions of its own. */
function withAttrs(set: Attrs, added: readonly (readonly [string | Sym, Lazy, Span?])[]): Attrs {
  const keys: Sym[] = Array.from(set.shape.keys)
  const values: Lazy[] = [...set.values]
  const spans: Span[] = keys.map((_, slot) => set.shape.spanAt(slot))
  const slots = new Map(keys.map((key, slot) => [key, slot]))
  for (const [name, value, span = 0] of added) {
    const key = typeof name === "number" ? name : intern(name)
    const slot = slots.get(key) ?? keys.length
    keys[slot] = key
    values[slot] = value
    spans[slot] = span
    slots.set(key, slot)
  }
  return attrsFrom(keys, values, spans)
}
