// Finds where a file sets options: every attribute of a module, with the option path that it means.
//
// Evaluation knows which file defines an option, but not always on which line. This reads the file as a person does: through
// functions, `let`, `with`, `if`, `//`, `mkIf`, `mkMerge` and the like, through dotted and nested paths, and into the aspects that
// the file contributes to.

import type { TextRange } from "../../base/index.js"
import { propertyFunctions } from "../../modules/index.js"
import type { AttrBinding, AttrName, Attrset, Binding, Expr } from "../../syntax/index.js"
import { containerOf, keptPath } from "../aspects/aspect-path.js"
import { beginsWith, sameNames } from "../attr-path.js"
import type { AspectContainer } from "../model.js"
import { namedCall } from "./named-call.js"

export interface DefinitionSite {
  /** Option path inside the module, as far as its names are literal. */
  readonly path: readonly string[]
  /** The aspect the module belongs to (`flake.modules.nixos.base` as names), empty for a file that is a module itself. */
  readonly aspect: readonly string[]
  /** The attribute names as written here. */
  readonly range: TextRange
  readonly value: Expr
  /** Whether it depends on an `if`, `mkIf` or `optionalAttrs`. */
  readonly conditional: boolean
}

interface Context {
  /** All names from the top of the file. */
  readonly path: readonly string[]
  readonly conditional: boolean
  /** Values of `let` bindings in sight, so that a module kept in a variable is found. */
  readonly lets: ReadonlyMap<string, Expr>
  /** Variables that are being followed, against cycles. */
  readonly followed: number
}

/** An attribute as a visitor gets it, with all names from the top of the file. */
export interface AttributeVisit {
  readonly path: readonly string[]
  readonly range: TextRange
  readonly value: Expr
  readonly conditional: boolean
}

const MAX_FOLLOWED = 4

/** Every place in a file that sets an option of some module. */
export function definitionSites(tree: Expr, containers: readonly AspectContainer[]): DefinitionSite[] {
  const sites: DefinitionSite[] = []
  visitAttributes(tree, ({ path, ...visit }) => {
    const { aspect, inner } = moduleAt(path, containers)
    const option = withoutConfig(inner)
    if (option !== undefined && option.length > 0) sites.push({ ...visit, path: option, aspect })
  })
  return sites
}

/** Every place in a file that declares an option of some module, or something else where only options may be. */
export function declarationSites(tree: Expr, containers: readonly AspectContainer[]): DefinitionSite[] {
  const sites: DefinitionSite[] = []
  visitAttributes(tree, ({ path, ...visit }) => {
    const { aspect, inner } = moduleAt(path, containers)
    const [part, ...option] = inner
    if (part === "options" && option.length > 0 && visit.value.kind !== "attrset")
      sites.push({ ...visit, path: option, aspect })
  })
  return sites
}

/** The module that a path is in, by the names of its aspect (none for the file itself), and the names in it. */
export function moduleAt(
  path: readonly string[],
  containers: readonly AspectContainer[],
): { readonly aspect: readonly string[]; readonly inner: readonly string[] } {
  const container = containerOf(path.slice(0, -1), containers)
  if (container === undefined) return { aspect: [], inner: path }
  const { option, depth } = container
  return { aspect: keptPath(path, container), inner: path.slice(option.length + depth) }
}

/** `config.a.b` at the top of a module means `a.b`; declarations and imports mean no option. */
function withoutConfig(path: readonly string[]): readonly string[] | undefined {
  if (path[0] === "config") return path.slice(1)
  return path[0] === "options" || path[0] === "imports" ? undefined : path
}

/** The site that sets an option: the exact one, or else the longest path that leads towards it. */
export function findSite(
  sites: readonly DefinitionSite[],
  path: readonly string[],
  aspect: readonly string[],
): DefinitionSite[] {
  const candidates = sites.filter(site => sameNames(site.aspect, aspect) && beginsWith(path, site.path))
  const longest = Math.max(0, ...candidates.map(site => site.path.length))
  return candidates.filter(site => site.path.length === longest)
}

/** Shows a visitor every attribute that a file's value has, through all that only wraps it. */
export function visitAttributes(tree: Expr, visit: (attribute: AttributeVisit) => void): void {
  walk(tree, { path: [], conditional: false, lets: new Map(), followed: 0 }, visit)
}

type Visit = (attribute: AttributeVisit) => void

function walk(e: Expr, context: Context, visit: Visit): void {
  switch (e.kind) {
    case "paren":
      return walk(e.inner, context, visit)
    case "lambda":
    case "with":
    case "assert":
      return walk(e.body, context, visit)
    case "let":
      return walk(e.body, { ...context, lets: withBindings(context.lets, e.bindings) }, visit)
    case "if":
      walk(e.consequent, { ...context, conditional: true }, visit)
      return walk(e.alternative, { ...context, conditional: true }, visit)
    case "binary":
      if (e.op !== "//" && e.op !== "++") return
      walk(e.left, context, visit)
      return walk(e.right, context, visit)
    case "list":
      return e.elements.forEach(element => {
        walk(element, context, visit)
      })
    case "variable":
      return followVariable(e.name, context, visit)
    case "apply":
      return walkCall(e, context, visit)
    case "attrset":
      return walkSet(e, context, visit)
    default:
      return
  }
}

function withBindings(
  lets: ReadonlyMap<string, Expr>,
  bindings: readonly Binding[],
): ReadonlyMap<string, Expr> {
  const all = new Map(lets)
  const parts = new Map<string, AttrBinding[]>()
  for (const binding of bindings) {
    if (binding.kind !== "binding" || binding.path[0]?.kind !== "static") continue
    const [{ name }, ...path] = binding.path
    if (path.length === 0) all.set(name, binding.value)
    else parts.set(name, [...(parts.get(name) ?? []), { ...binding, path }])
  }
  // `let settings.a = 1; settings.b = 2;` makes one set.
  for (const [name, inside] of parts) {
    const { start, end } = inside[0]
    all.set(name, { kind: "attrset", recursive: false, bindings: inside, start, end })
  }
  return all
}

function followVariable(name: string, context: Context, visit: Visit): void {
  const value = context.lets.get(name)
  if (value !== undefined && context.followed < MAX_FOLLOWED)
    walk(value, { ...context, followed: context.followed + 1 }, visit)
}

function walkCall(e: Expr, context: Context, visit: Visit): void {
  const { name = "", args = [] } = namedCall(e) ?? {}
  const wrapper = propertyFunctions[name]
  const last = args.at(-1)
  if (wrapper === undefined || args.length !== wrapper.args || last === undefined) return
  walk(last, wrapper.conditional === true ? { ...context, conditional: true } : context, visit)
}

function walkSet(e: Attrset, context: Context, visit: Visit): void {
  for (const binding of e.bindings) {
    if (binding.kind === "binding") walkBinding(binding, context, visit)
    else
      for (const name of binding.names) {
        if (name.kind === "dynamic") continue
        const value: Expr = { kind: "variable", name: name.name, start: name.start, end: name.end }
        emit([name], value, name, context, visit)
      }
  }
}

function walkBinding(binding: AttrBinding, context: Context, visit: Visit): void {
  const first = binding.path[0]
  const last = binding.path.at(-1)
  if (first !== undefined && last !== undefined)
    emit(binding.path, binding.value, { start: first.start, end: last.end }, context, visit)
}

function emit(
  names: readonly AttrName[],
  value: Expr,
  range: TextRange,
  context: Context,
  visit: Visit,
): void {
  const literal: string[] = []
  for (const name of names) {
    if (name.kind === "dynamic") return
    literal.push(name.name)
  }
  const path = [...context.path, ...literal]
  visit({ path, range, value, conditional: context.conditional })
  walk(value, { ...context, path }, visit)
}
