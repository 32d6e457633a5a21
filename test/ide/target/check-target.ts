// What a target is, as the tests of this folder write it: `$0` is the cursor; the answer names the target and, between ‹ and ›, the
// text that it covers.

import assert from "node:assert/strict"
import { lineColumn, lineStarts } from "../../../server/src/base/index.js"
import { type Target, targetAt } from "../../../server/src/ide/index.js"
import { parse } from "../../../server/src/syntax/index.js"
import { atCursor } from "../../harness/fixture.js"

/** The aspects of the fleet that the texts are from. */
export const containers = [
  { option: ["flake", "modules"], depth: 2 },
  { option: ["perSystem"], depth: 0 },
]

/** Whether what is under the cursor is shown as `expected`. */
function check(source: string, expected: string): void {
  const { text, cursor } = atCursor(source)
  const target = targetAt(parse(text).tree, cursor, containers)
  assert.equal(target === undefined ? "nothing" : show(target, text), expected)
}

function show(target: Target, text: string): string {
  const covered = text.slice(target.range.start, target.range.end)
  return `${what(target, text)} ‹${covered}›`
}

function what(target: Target, text: string): string {
  switch (target.kind) {
    case "option": {
      const where = [target.container, ...target.alsoIn].flatMap(ref =>
        ref === undefined ? [] : [inAspect(ref)],
      )
      const flags = [
        ...(target.read ? ["read"] : []),
        ...(target.declaration ? ["declared"] : []),
        ...(target.ofMachine ? ["of the machine"] : []),
      ]
      return ["option", target.path.join("."), ...where, ...flags].join(" ")
    }
    case "aspect":
      return `aspect ${target.container.names.join(".")}${target.read ? " read" : ""}`
    case "package":
      return [
        "package",
        target.path.join("."),
        ...(target.container ? [inAspect(target.container)] : []),
      ].join(" ")
    case "function":
      return `function ${[target.root, ...target.path].join(".")}`
    case "binding": {
      const { line, column } = lineColumn(lineStarts(text), target.definition.start)
      return `${target.role} ${target.name} from ${line}:${column}`
    }
    case "input":
      return `input ${target.path.join("/")}`
    case "file":
      return `file ${target.path}`
    case "builtin":
      return `builtin ${target.name}`
    case "host":
      return `${target.isTag ? "tag" : "host"} ${target.name}`
  }
}

function inAspect({ option, names }: { option: readonly string[]; names: readonly string[] }): string {
  return `in ${[...option, ...names].join(".")}`
}

/** `check` for each row: what it shows, a text, its target. */
export function table(rows: readonly (readonly [string, string, string])[]): void {
  for (const [title, source, expected] of rows) it(title, () => check(source, expected))
}
