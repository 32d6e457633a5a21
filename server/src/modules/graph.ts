// The modules of a configuration, and the aspects that they came through (`configuration.graph` of lib.evalModules).
//
// A module that comes out of a `deferredModule` option has that option in its name: `FILE, via option PATH`. This is how aspects
// are recognised, whatever the option is called.

import { type Attrs, type Evaluator, intern, type Lazy } from "../eval/index.js"
import { attempt, tryFileName, tryList } from "./attempt.js"

export interface ModuleNode {
  readonly key: string
  /** The file as the module system names it, without the options that it came through. */
  readonly file: string
  /** The options that it came through, outermost first, such as `flake.modules.nixos.base`. */
  readonly via: readonly string[]
  readonly disabled: boolean
  readonly imports: readonly ModuleNode[]
}

/** A limit for trees that never end. */
class LeadsRound {}

/** The import tree; undefined if this module system has none, or if imports are circular. */
export function moduleGraph(ev: Evaluator, configuration: Attrs): readonly ModuleNode[] | undefined {
  const graph = attempt(ev, () => ev.list(configuration.get(intern("graph")) ?? null)).value
  try {
    return graph?.flatMap(place => nodeFrom(ev, place))
  } catch (end) {
    if (end instanceof LeadsRound) return undefined
    throw end
  }
}

function nodeFrom(ev: Evaluator, place: Lazy): ModuleNode[] {
  const node = attempt(ev, () => ev.attrs(place)).value
  if (node === undefined) return []
  const { file, via } = splitFile(tryFileName(ev, node.get(intern("file"))))
  const disabled = attempt(ev, () => ev.bool(node.get(intern("disabled")) ?? false))
  // What all modules disable is asked for, and so all imports are: where they lead round, once is enough.
  if (disabled.error?.code === "stack-overflow") throw new LeadsRound()
  return [
    {
      key: tryFileName(ev, node.get(intern("key"))),
      file,
      via,
      disabled: disabled.value === true,
      imports: tryList(ev, node, "imports").flatMap(child => nodeFrom(ev, child)),
    },
  ]
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
