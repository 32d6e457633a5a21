// Where a module is imported that is refused there, because it is for another class.
//
// The module system says which module it refuses and not who imports it. So the fleet's files are searched for its path, or for the
// last two names of its aspect (`darwin.desktop`), at places where modules of its own class are not expected. Other names that `let`
// gives to an aspect, or to the set that it is in, are followed.

import type { TextRange } from "../../base/index.js"
import { childrenInScope, type Expr, lookup, type Scope, staticNames } from "../../syntax/index.js"
import { sameNames, splitAttrPath } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { isPathTo } from "../texts/tree-search.js"
import type { ErrorSurroundings } from "./error-place.js"
import type { ModuleFile } from "./module-complaint.js"

interface Classes {
  /** What the refused module is for. */
  readonly own: string
  readonly expected: string
}

/** The likely imports of a refused module; none for any other message, or if they cannot be told. */
export function importsOfRefused(
  message: string,
  { file, via }: ModuleFile,
  around: ErrorSurroundings,
): SourceRange[] {
  const [, own, expected] = /\(class: "(.+?)"\) cannot be .* expects class "(.+?)"/.exec(message) ?? []
  if (own === undefined || expected === undefined) return []
  // flake-parts names an aspect after the flake: `FILE#modules.darwin.desktop`.
  const [written, output] = file.split("#modules.")
  const aspect = via.length > 0 ? via : splitAttrPath(output ?? "")
  const module = around.moduleFile(written)
  const found = around.files
    .filter(({ path }) => aspect.length > 0 || !isRightPlace(path, module, around))
    .flatMap(file => {
      const isIt = (expr: Expr, scope: Scope) =>
        aspect.length > 0 ? isNamed(expr, scope, aspect.slice(-2)) : isPathTo(expr, file.path, module)
      return mentions(file.tree, isIt).map(range => ({
        place: sourceRange(file, range),
        class: classAround(file, range, { own, expected }, around),
      }))
    })
  const likely = found.filter(mention => mention.class === expected)
  return (likely.length > 0 ? likely : found.filter(mention => mention.class === undefined)).map(
    ({ place }) => place,
  )
}

/** Whether a file is where the refused module belongs: all hosts that have the file have the module too, so they are of its class. */
function isRightPlace(path: string, module: string, { uses }: ErrorSurroundings): boolean {
  const users = uses.get(path) ?? []
  const takers = new Set((uses.get(module) ?? []).map(({ host }) => host))
  return users.length > 0 && users.every(({ host }) => takers.has(host))
}

/** What mentions a module. */
function mentions(tree: Expr, isIt: (expr: Expr, scope: Scope) => boolean): TextRange[] {
  const found: TextRange[] = []
  const visit = (expr: Expr, scope: Scope): void => {
    if (isIt(expr, scope)) found.push(expr)
    else for (const [child, inner] of childrenInScope(expr, scope)) visit(child, inner)
  }
  visit(tree, undefined)
  return found
}

/** Where a file names an aspect, by its last names. */
export function mentionsOf(names: readonly string[], { tree }: SourceFile): TextRange[] {
  return mentions(tree, (expr, scope) => isNamed(expr, scope, names))
}

function isNamed(expr: Expr, scope: Scope, names: readonly string[]): boolean {
  return waysToWrite(expr, scope).some(written => sameNames(written.slice(-names.length), names))
}

/** Variables that are followed in a row: a limit against cycles. */
const MAX_FOLLOWED = 5

/** The names of a variable and of what is selected from it: as they are written, and with what a `let` or `with` leaves out. */
function waysToWrite(expr: Expr, scope: Scope, budget = MAX_FOLLOWED): (readonly string[])[] {
  if (expr.kind === "select") {
    const names = staticNames(expr.path) ?? []
    return waysToWrite(expr.subject, scope, budget).map(subject => [...subject, ...names])
  }
  if (expr.kind !== "variable") return [[]]
  const found = budget === 0 ? undefined : lookup(expr.name, scope)
  if (found?.kind === "local" && found.local.value !== undefined) {
    const ways = waysToWrite(found.local.value, found.local.scope, budget - 1)
    return ways.some(way => way.length > 0) ? ways : [[expr.name]]
  }
  const [nearest] = found?.kind === "free" ? found.withs : []
  const opened = nearest === undefined ? [] : waysToWrite(nearest.node.scope, nearest.outer, budget - 1)
  return [[expr.name], ...opened.map(way => [...way, expr.name])]
}

/** The class whose modules are imported at a place, by the nearest name above it that tells, such as `homeConfigurations`. */
function classAround(
  file: SourceFile,
  { start, end }: TextRange,
  { own, expected }: Classes,
  { sources }: ErrorSurroundings,
): string | undefined {
  const above = sources.placesOf(file).filter(({ value }) => value.start <= start && end <= value.end)
  const names = above.at(-1)?.names ?? []
  return names
    .map(name => [expected, own].find(wanted => name.startsWith(firstWord(wanted))))
    .findLast(Boolean)
}

function firstWord(camelCase: string): string {
  return /^[a-z]*/.exec(camelCase)?.[0] ?? ""
}
