// The inputs in the text of a flake.nix: which one an offset is about, however the names are split into sets and attrpaths, on a
// name or on a text such as a reference. Nix wants them to be literal, so the text alone says it.

import { rangeOf, type TextRange, touches } from "../../base/index.js"
import { type Attrset, staticName, withoutParens } from "../../syntax/index.js"
import { rangeUpTo } from "./locate.js"

/** An input, or an input of an input: its names, one inside the other. */
export interface InputPlace {
  readonly path: readonly string[]
  readonly range: TextRange
}

/** The input at an offset of a flake; undefined elsewhere, as in its outputs. */
export function inputAt(flake: Attrset, offset: number): InputPlace | undefined {
  const names: (string | undefined)[] = []
  for (let set = flake; ; ) {
    const binding = set.bindings.findLast(binding => touches(binding, offset))
    if (binding?.kind !== "binding") return undefined
    const index = binding.path.findIndex(name => touches(name, offset))
    const said = index < 0 ? binding.path : binding.path.slice(0, index + 1)
    names.push(...said.map(staticName))
    const value = withoutParens(binding.value)
    if (index >= 0) return placed(names, rangeUpTo(binding.path, index))
    if (value.kind === "string" && touches(value, offset)) return placed(names, rangeOf(value))
    if (value.kind !== "attrset" || !touches(value, offset)) return undefined
    set = value
  }
}

/** `inputs.a.inputs.b.follows` is about `b` of `a`. */
function placed(names: readonly (string | undefined)[], range: TextRange): InputPlace | undefined {
  const path: string[] = []
  for (let i = 0; names[i] === "inputs"; i += 2) {
    const name = names[i + 1]
    if (name !== undefined) path.push(name)
  }
  return path.length === 0 ? undefined : { path, range }
}
