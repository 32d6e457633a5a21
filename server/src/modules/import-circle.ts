// Finds modules that import each other in a circle.
//
// The module system collects all imports first, so a circle ends in a stack overflow that says nothing. But the import tree
// (`configuration.graph`) is lazy, and can be followed from the top until it comes back to a module.

import { Attrs, EvalError, type Evaluator, intern, type Lazy } from "../eval/index.js"
import { tryFileName, tryForce, tryList } from "./attempt.js"
import { splitFile } from "./graph.js"

/** So many nested modules of one file mean a module that imports itself. */
const SAME_FILE = 64

/** An error that names the modules of a circle of imports, in order; undefined if there is no circle. */
export function importCircle(ev: Evaluator, configuration: Attrs): EvalError | undefined {
  const circle = followed(ev, tryList(ev, configuration, "graph"), [], new Set())
  if (circle === undefined) return undefined
  // An aspect is wrapped in a module that only names it; the circle is the same from wherever it is entered.
  const aspects = circle.filter(name => splitFile(name).via.length > 0)
  const lines = fromLeast(aspects.length > 0 ? aspects : circle).map(name => `- In \`${name}'`)
  return new EvalError("stack-overflow", `imports lead round without end:\n${lines.join("\n")}`)
}

function fromLeast(circle: readonly string[]): string[] {
  const least = circle.indexOf([...circle].sort()[0])
  return [...circle.slice(least), ...circle.slice(0, least)]
}

/**
 * @param above names of the modules above, outermost first; modules written inside of another share its name
 * @param sound names of modules that were followed and have no circle below
 */
function followed(
  ev: Evaluator,
  nodes: readonly Lazy[],
  above: readonly string[],
  sound: Set<string>,
): string[] | undefined {
  for (const place of nodes) {
    const node = tryForce(ev, place)
    if (!(node instanceof Attrs)) continue
    const name = tryFileName(ev, node.get(intern("file")))
    if (sound.has(name)) continue
    const circle =
      circleTo(name, above) ?? followed(ev, tryList(ev, node, "imports"), [...above, name], sound)
    if (circle !== undefined) return circle
    if (above.at(-1) !== name) sound.add(name)
  }
  return undefined
}

/** The modules from the last one of a name on, if others come between it and the next of that name. */
function circleTo(name: string, above: readonly string[]): string[] | undefined {
  const from = above.lastIndexOf(name)
  if (from < 0) return undefined
  if (from < above.length - 1) return [...new Set(above.slice(from))]
  return above.slice(-SAME_FILE).every(other => other === name) && above.length >= SAME_FILE
    ? [name]
    : undefined
}
