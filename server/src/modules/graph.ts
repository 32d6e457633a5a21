// The modules of a configuration, and the aspects that they came through (`configuration.graph` of lib.evalModules).
//
// A module that comes out of a `deferredModule` option has that option in its name: `FILE, via option PATH`. This is how aspects
// are recognised, whatever the option is called.

import { Attrs, type Evaluator, intern, type Lazy } from "../eval/index.js"
import { attempt, tryFileName, tryForce, tryList } from "./attempt.js"

export interface ModuleNode {
  readonly key: string
  /** The file as the module system names it, without the options that it came through. */
  readonly file: string
  /** The options that it came through, outermost first, such as `flake.modules.nixos.base`. */
  readonly via: readonly string[]
  /** Undefined if nobody knows, since a module of the configuration fails before it says what it disables. */
  readonly disabled: boolean | undefined
  readonly imports: readonly ModuleNode[]
}

/** A limit for trees that never end. */
class LeadsRound {}

/** The import tree; undefined if this module system has none, or if imports are circular. */
export function moduleGraph(ev: Evaluator, configuration: Attrs): readonly ModuleNode[] | undefined {
  const graph = attempt(ev, () => ev.list(configuration.get(intern("graph")) ?? null)).value
  try {
    return graph === undefined ? undefined : new GraphReader(ev).nodesAt(graph)
  } catch (end) {
    if (end instanceof LeadsRound) return undefined
    throw end
  }
}

class GraphReader {
  /** Whether no module failed so far: any of them may disable any other, so all are evaluated to tell. */
  private isWhole = true

  constructor(private readonly ev: Evaluator) {}

  nodesAt(places: readonly Lazy[]): ModuleNode[] {
    return places.flatMap(place => {
      const node = tryForce(this.ev, place)
      return node instanceof Attrs ? this.nodeOf(node) : []
    })
  }

  private nodeOf(node: Attrs): ModuleNode {
    const { ev } = this
    const { file, via } = splitFile(tryFileName(ev, node.get(intern("file"))))
    return {
      key: tryFileName(ev, node.get(intern("key"))),
      file,
      via,
      disabled: this.isDisabled(node),
      imports: this.nodesAt(tryList(ev, node, "imports")),
    }
  }

  private isDisabled(node: Attrs): boolean | undefined {
    // Asked again for each of two thousand modules, an infinite recursion filled the memory.
    if (!this.isWhole) return undefined
    const { value, error } = attempt(this.ev, () => this.ev.bool(node.get(intern("disabled")) ?? false))
    if (error?.code === "stack-overflow") throw new LeadsRound()
    this.isWhole = error === undefined
    return value
  }
}

/** Whether a graph has all modules of its configuration: where one fails, what it imports is not known. */
export function isWhole(graph: readonly ModuleNode[]): boolean {
  return graph.every(({ disabled }) => disabled !== undefined)
}

const VIA = ", via option "

/** Splits the name of a module: `FILE, via option A, via option B`. */
export function splitFile(name: string): { file: string; via: string[] } {
  const [file, ...via] = name.split(VIA)
  return { file, via }
}

/** Every module of a graph once, parents before their imports. */
export function* allModules(graph: readonly ModuleNode[], seen = new Set<string>()): Iterable<ModuleNode> {
  for (const node of graph) {
    if (seen.has(node.key)) continue
    seen.add(node.key)
    yield node
    yield* allModules(node.imports, seen)
  }
}
