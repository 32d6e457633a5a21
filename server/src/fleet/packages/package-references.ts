// The packages that a file names: `pkgs.hello`, and names in the body of `with pkgs;`.

import type { TextRange } from "../../base/index.js"
import { childrenOf, type Expr, staticNames, withoutParens } from "../../syntax/index.js"
import type { AspectContainer } from "../model.js"
import { type AttributeVisit, moduleAt, visitAttributes } from "../texts/definition-sites.js"
import { namedCall } from "../texts/named-call.js"

export interface PackageReference {
  /** Attribute names below `pkgs`. */
  readonly path: readonly string[]
  readonly range: TextRange
  /** The aspect in whose module it stands, empty for a file that is a module itself. */
  readonly aspect: readonly string[]
  /** The option in whose value it stands. */
  readonly option: readonly string[]
  readonly conditional: boolean
}

/** Names that are not from `with pkgs;`, because something nearer defines them. */
type Bound = ReadonlySet<string>

/** Every package that the modules of a file name; once for each aspect that the place belongs to. */
export function packageReferences(tree: Expr, containers: readonly AspectContainer[]): PackageReference[] {
  const attributes: AttributeVisit[] = []
  visitAttributes(tree, attribute => attributes.push(attribute))
  return referencesIn(tree).flatMap(reference =>
    innermost(attributes, reference.range).map(({ path, conditional }) => {
      const { aspect, inner: option } = moduleAt(path, containers)
      return { ...reference, aspect, option, conditional: conditional || reference.conditional }
    }),
  )
}

/** The attributes in whose value a place lies, the nearest ones: several if the value is used more than once. */
function innermost(attributes: readonly AttributeVisit[], range: TextRange): AttributeVisit[] {
  const around = attributes.filter(({ value }) => value.start <= range.start && range.end <= value.end)
  const size = Math.min(...around.map(({ value }) => value.end - value.start))
  return around.filter(({ value }) => value.end - value.start === size)
}

interface Reference {
  readonly path: readonly string[]
  readonly range: TextRange
  /** Whether something inside the expression decides about it: `if`, `optional`, `mkIf`, `filter`. */
  readonly conditional: boolean
}

interface Surroundings {
  readonly withPkgs: boolean
  readonly bound: Bound
  readonly conditional: boolean
}

/** The packages that an expression names, wherever they stand in it. */
function referencesIn(e: Expr): Reference[] {
  const found: Reference[] = []
  collect(e, { withPkgs: false, bound: new Set(), conditional: false }, found)
  return found
}

function collect(e: Expr, around: Surroundings, found: Reference[]): void {
  const path = packagePath(e, around)
  if (path !== undefined) {
    found.push({ path, range: e, conditional: around.conditional })
    return
  }
  if (e.kind === "with") {
    collect(e.scope, around, found)
    return collect(e.body, { ...around, withPkgs: around.withPkgs || isPkgs(e.scope) }, found)
  }
  const inside = {
    ...around,
    bound: boundBelow(e, around.bound),
    conditional: around.conditional || isConditional(e),
  }
  for (const child of childrenOf(e)) collect(child, inside, found)
}

/** The names below `pkgs` that an expression means; undefined for one that is no package. */
function packagePath(e: Expr, { withPkgs, bound }: Surroundings): string[] | undefined {
  if (e.kind === "variable") return withPkgs && !bound.has(e.name) ? [e.name] : undefined
  if (e.kind !== "select" || e.subject.kind !== "variable") return undefined
  const names = staticNames(e.path)
  if (names === undefined) return undefined
  if (e.subject.name === "pkgs") return names
  return withPkgs && !bound.has(e.subject.name) ? [e.subject.name, ...names] : undefined
}

const conditionals = new Set(["optional", "optionals", "optionalAttrs", "optionalString", "mkIf", "filter"])

function isConditional(e: Expr): boolean {
  return e.kind === "if" || conditionals.has(namedCall(e)?.name ?? "")
}

function isPkgs(scope: Expr): boolean {
  const inner = withoutParens(scope)
  return inner.kind === "variable" && inner.name === "pkgs"
}

function boundBelow(e: Expr, bound: Bound): Bound {
  const names = namesBoundBy(e)
  return names.length === 0 ? bound : new Set([...bound, ...names])
}

function namesBoundBy(e: Expr): string[] {
  if (e.kind === "lambda") {
    const formals = e.formals?.formals.map(({ name }) => name.name) ?? []
    return e.param === undefined ? formals : [...formals, e.param.name]
  }
  if (e.kind !== "let" && !(e.kind === "attrset" && e.recursive)) return []
  return e.bindings.flatMap(binding => {
    const names = binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)
    return names.flatMap(name => (name.kind === "static" ? [name.name] : []))
  })
}
