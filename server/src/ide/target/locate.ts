// From an offset to the innermost name there, and the scope it is read in. Walks down in a loop: generated code can nest deeper
// than the stack.

import { rangeOf, type TextRange, touches } from "../../base/index.js"
import {
  type AttrBinding,
  type AttrName,
  type Attrset,
  childrenOf,
  type Expr,
  type HasAttr,
  type Identifier,
  type InheritBinding,
  type Lambda,
  type LegacyLet,
  type Let,
  type List,
  type Path,
  type Scope,
  type Select,
  type Str,
  type StrPart,
  scopeInside,
  type Variable,
} from "../../syntax/index.js"

/** What a cursor can be on. Names there are read in `scope`. */
export type Spot =
  | { readonly kind: "variable"; readonly variable: Variable; readonly scope: Scope }
  /** A name behind a dot, or in `? a.b`. */
  | {
      readonly kind: "selected"
      readonly expr: Select | HasAttr
      readonly index: number
      readonly scope: Scope
    }
  /** A name in the attrpath of a binding. */
  | {
      readonly kind: "bound"
      readonly binding: AttrBinding
      readonly index: number
      readonly owner: Owner
      readonly scope: Scope
      readonly above: Above
    }
  | {
      readonly kind: "inherited"
      readonly binding: InheritBinding
      readonly name: AttrName
      readonly owner: Owner
      readonly scope: Scope
    }
  | {
      readonly kind: "argument"
      readonly name: Identifier
      readonly lambda: Lambda
      readonly scope: Scope
    }
  /** On the text of a path. */
  | { readonly kind: "path"; readonly path: Path }
  /** On the text of a string, which may be an element of a list. */
  | { readonly kind: "text"; readonly string: Str; readonly list: List | undefined; readonly above: Above }

/** What has bindings. */
export type Owner = Let | LegacyLet | Attrset

/** The last name in the attrpath of the binding around. */
export type Above = AttrName | undefined

interface Inside {
  readonly expr: Expr
  readonly scope: Scope
  readonly above?: Above
  /** The list that it is an element of. */
  readonly list?: List | undefined
}

/** What is at `offset`; undefined in text, numbers, operators and white space. */
export function locate(tree: Expr, offset: number): Spot | undefined {
  let inside: Inside | undefined = { expr: tree, scope: undefined }
  while (inside !== undefined) {
    const step: Spot | Inside | undefined = descend(inside, offset)
    if (step === undefined || "kind" in step) return step
    inside = step
  }
  return undefined
}

/** One step: what the offset is on in an expression, or the smaller expression that it is in. */
function descend(inside: Inside, offset: number): Spot | Inside | undefined {
  const { expr, scope, above } = inside
  switch (expr.kind) {
    case "variable":
      return { kind: "variable", variable: expr, scope }
    case "string":
      return inParts(expr.parts, scope, offset) ?? { kind: "text", string: expr, list: inside.list, above }
    case "path":
      return inParts(expr.parts, scope, offset) ?? { kind: "path", path: expr }
    case "select":
    case "hasAttr":
      return (
        inPath(expr.path, scope, offset, index => ({ kind: "selected", expr, index, scope })) ??
        inChild(inside, offset)
      )
    case "lambda":
      return inLambda(expr, inside, offset)
    case "let": {
      const inner = scopeInside(expr, scope)
      if (touches(expr.body, offset)) return { expr: expr.body, scope: inner, above }
      return inBindings(expr, inner, inside, offset)
    }
    case "legacyLet":
    case "attrset":
      return inBindings(expr, scopeInside(expr, scope), inside, offset)
    case "with":
      if (touches(expr.body, offset)) return { expr: expr.body, scope: scopeInside(expr, scope), above }
      return inChild(inside, offset)
    default:
      return inChild(inside, offset)
  }
}

/** The child at the offset, of an expression that changes no scope. */
function inChild({ expr, scope, above }: Inside, offset: number): Inside | undefined {
  const child = holding(childrenOf(expr), offset)
  return child && { expr: child, scope, above, list: expr.kind === "list" ? expr : undefined }
}

/** The item at the offset; where two meet, the later one. */
function holding<T extends TextRange>(items: readonly T[], offset: number): T | undefined {
  return items.findLast(item => touches(item, offset))
}

function inParts(parts: readonly StrPart[], scope: Scope, offset: number): Inside | undefined {
  const part = holding(parts, offset)
  return part?.kind === "interpolation" && touches(part.expr, offset) ? { expr: part.expr, scope } : undefined
}

function inPath(
  path: readonly AttrName[],
  scope: Scope,
  offset: number,
  onName: (index: number) => Spot,
): Spot | Inside | undefined {
  const index = path.findIndex(name => touches(name, offset))
  const name = path[index]
  if (name === undefined) return undefined
  if (name.kind === "dynamic" && touches(name.expr, offset)) {
    const inner: Inside = { expr: name.expr, scope }
    return name.expr.kind === "string" ? (inParts(name.expr.parts, scope, offset) ?? onName(index)) : inner
  }
  return onName(index)
}

function inLambda(lambda: Lambda, { scope, above }: Inside, offset: number): Spot | Inside | undefined {
  const inner = scopeInside(lambda, scope)
  if (touches(lambda.body, offset)) return { expr: lambda.body, scope: inner, above }
  if (lambda.param !== undefined && touches(lambda.param, offset))
    return { kind: "argument", name: lambda.param, lambda, scope: inner }
  const formal = lambda.formals && holding(lambda.formals.formals, offset)
  if (formal === undefined) return undefined
  if (touches(formal.name, offset)) return { kind: "argument", name: formal.name, lambda, scope: inner }
  const { fallback } = formal
  return fallback !== undefined && touches(fallback, offset) ? { expr: fallback, scope: inner } : undefined
}

function inBindings(
  owner: Owner,
  inner: Scope,
  { scope: outer, above }: Inside,
  offset: number,
): Spot | Inside | undefined {
  const binding = holding(owner.bindings, offset)
  if (binding === undefined) return undefined
  if (binding.kind === "inherit") return inInherit(binding, owner, { inner, outer }, offset)
  const onName = (index: number): Spot => ({ kind: "bound", binding, index, owner, scope: inner, above })
  const found = inPath(binding.path, inner, offset, onName)
  if (found !== undefined) return found
  if (!touches(binding.value, offset)) return undefined
  return { expr: binding.value, scope: inner, above: binding.path.at(-1) }
}

function inInherit(
  binding: InheritBinding,
  owner: Owner,
  { inner, outer }: { readonly inner: Scope; readonly outer: Scope },
  offset: number,
): Spot | Inside | undefined {
  const { from } = binding
  if (from !== undefined && touches(from, offset)) return { expr: from, scope: inner }
  const name = holding(binding.names, offset)
  // Names inherited without a source come from the scope outside.
  const scope = from === undefined ? outer : inner
  return name && { kind: "inherited", binding, name, owner, scope }
}

/** The range from the first name of a path, or from `start`, to the name at `index`. */
export function rangeUpTo(path: readonly AttrName[], index: number, start?: number): TextRange {
  return rangeOf({ start: start ?? path[0].start, end: path[index].end })
}
