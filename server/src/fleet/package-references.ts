// Which packages a file names: `pkgs.hello`, and names in the body of `with pkgs;`.

import type { TextRange } from "../base/index.js"
import { type Expr, pushChildren } from "../syntax/index.js"
import { type AttributeVisit, aspectPrefix, visitAttributes } from "./definition-sites.js"
import type { AspectContainer } from "./model.js"

export interface PackageReference {
  /** Attribute names below `pkgs`. */
  readonly path: readonly string[]
  readonly range: TextRange
  /** The aspect in whose module it stands, empty for a file that is a module itself. */
  readonly aspect: readonly string[]
  readonly conditional: boolean
}

/** Names that `with pkgs;` does not mean, since something nearer defines them. */
type Bound = ReadonlySet<string>

/** Every package that the modules of a file name; once for each aspect that the place belongs to. */
export function packageReferences(tree: Expr, containers: readonly AspectContainer[]): PackageReference[] {
  const attributes: AttributeVisit[] = []
  visitAttributes(tree, attribute => attributes.push(attribute))
  return referencesIn(tree).flatMap(reference =>
    innermost(attributes, reference.range).map(({ path, conditional }) => ({
      ...reference,
      aspect: aspectPrefix(path, containers),
      conditional,
    })),
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
}

/** The packages that an expression names, wherever they stand in it. */
export function referencesIn(e: Expr): Reference[] {
  const found: Reference[] = []
  collect(e, false, new Set(), found)
  return found
}

function collect(e: Expr, withPkgs: boolean, bound: Bound, found: Reference[]): void {
  if (e.kind === "select" && e.subject.kind === "variable") {
    const path = e.path.flatMap(name => (name.kind === "static" ? [name.name] : []))
    if (path.length === e.path.length) {
      if (e.subject.name === "pkgs") found.push({ path, range: e })
      else if (withPkgs && !bound.has(e.subject.name))
        found.push({ path: [e.subject.name, ...path], range: e })
      return
    }
  }
  if (e.kind === "variable" && withPkgs && !bound.has(e.name)) {
    found.push({ path: [e.name], range: e })
    return
  }
  if (e.kind === "with") {
    collect(e.scope, withPkgs, bound, found)
    return collect(e.body, withPkgs || isPkgs(e.scope), bound, found)
  }
  const inside = boundBelow(e, bound)
  const below: Expr[] = []
  pushChildren(e, below)
  for (const child of below) collect(child, withPkgs, inside, found)
}

function isPkgs(scope: Expr): boolean {
  return scope.kind === "paren" ? isPkgs(scope.inner) : scope.kind === "variable" && scope.name === "pkgs"
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
