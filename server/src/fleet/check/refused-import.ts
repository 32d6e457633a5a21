// Where a module is imported that is refused there, because it is for another class.
//
// The module system says which module it refuses and not who imports it. So the fleet's files are searched for its path, or for the
// last two names of its aspect (`darwin.desktop`), at places where modules of its own class are not expected. Other names that `let`
// gives to an aspect, or to the set that it is in, are followed.

import type { TextRange } from "../../base/index.js"
import { type Binding, childrenOf, type Expr, staticNames } from "../../syntax/index.js"
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
      const folder = file.path.slice(0, file.path.lastIndexOf("/"))
      const isIt = (expr: Expr, scope: Scope) =>
        aspect.length > 0 ? isNamed(expr, scope, aspect.slice(-2)) : isPathTo(expr, folder, module)
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

/** What variables stand for at a place. */
interface Scope {
  /** The names that `with` puts before a variable. */
  readonly before: readonly string[]
  /** The names that `let` gave another name. */
  readonly renamed: ReadonlyMap<string, readonly string[]>
}

/** What mentions a module. */
function mentions(tree: Expr, isIt: (expr: Expr, scope: Scope) => boolean): TextRange[] {
  const found: TextRange[] = []
  const visit = (expr: Expr, scope: Scope): void => {
    if (isIt(expr, scope)) {
      found.push(expr)
      return
    }
    if (expr.kind === "with") {
      visit(expr.scope, scope)
      visit(expr.body, { ...scope, before: namesOf(expr.scope, scope) })
      return
    }
    const inside = expr.kind === "let" ? { ...scope, renamed: renamedBy(expr.bindings, scope) } : scope
    for (const child of childrenOf(expr)) visit(child, inside)
  }
  visit(tree, { before: [], renamed: new Map() })
  return found
}

/** What is renamed below the bindings of a `let`: `mac = config.flake.modules.darwin`, `inherit (config.flake.modules) darwin`. */
function renamedBy(bindings: readonly Binding[], { before, renamed }: Scope): Scope["renamed"] {
  const all = new Map(renamed)
  for (const binding of bindings) {
    const value = binding.kind === "binding" ? binding.value : binding.from
    const names = value === undefined ? [] : namesOf(value, { before, renamed: all })
    if (names.length === 0) continue
    if (binding.kind === "inherit")
      for (const name of staticNames(binding.names) ?? []) all.set(name, [...names, name])
    else if (binding.path.length === 1) all.set(staticNames(binding.path)?.[0] ?? "", names)
  }
  return all
}

function isNamed(expr: Expr, scope: Scope, names: readonly string[]): boolean {
  const own = namesOf(expr, scope)
  return [own, [...scope.before, ...own]].some(written => sameNames(written.slice(-names.length), names))
}

/** The names of a variable and of what is selected from it. */
function namesOf(expr: Expr, scope: Scope): readonly string[] {
  if (expr.kind === "variable") return scope.renamed.get(expr.name) ?? [expr.name]
  if (expr.kind !== "select") return []
  return [...namesOf(expr.subject, scope), ...(staticNames(expr.path) ?? [])]
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
