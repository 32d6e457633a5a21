// From the syntax tree to code: names become places in frames, attrpaths become sets, constants become values.
//
// What a program may not do is found here too, as in Nix before anything of a file runs: a variable that nothing defines.

import {
  type Apply,
  type Assert,
  type AttrName,
  type Expr,
  floatOfLiteral,
  type HasAttr,
  type If,
  isIntegerInRange,
  type List,
  type Select,
  type Str,
  type StrPart,
} from "../../syntax/index.js"
import { EvalError } from "../errors/error.js"
import { canonicalPath } from "../path.js"
import { hearing } from "../values/met-names.js"
import { intern } from "../values/symbol.js"
import { NixFloat, NixPath, type Value } from "../values/value.js"
import { planSet } from "./attrset-plan.js"
import { codeExtent, constantSlot, emit, newNode, newSelect, ops, selectName, takeBack } from "./code.js"
import { encodeLegacyLet, encodeLet, encodeSet } from "./encode-bindings.js"
import { encodeFormalsLambda, encodeLambda } from "./encode-functions.js"
import { encodeBinary, encodeUnary } from "./encode-operators.js"
import { type NameRank, rankValues } from "./name-order.js"
import { Op } from "./op.js"
import { Scope } from "./scope.js"
import type { SourceText, Span } from "./span.js"
import { type Pipe, type WrittenCall, writtenCall } from "./written-call.js"

/** What the code of one text needs to know about its surroundings. */
export interface EncodeSettings {
  readonly source: SourceText
  /** Numbers of the names that are defined everywhere. */
  readonly globals: ReadonlyMap<string, number>
  /** Told of a mistake; throws unless the code is to run up to it. */
  readonly onFault: (error: EvalError) => void
  /** Called with each name that is no variable of the text. */
  readonly onForeign?: (name: string) => void
  /** Called where `or` is a variable, which may be one that Nix warns of. */
  readonly onOddOr?: () => void
  /**
   * Has names encoded in this order and not in that of the text, as Nix looks at variables: for whoever only wants to know which
   * undefined one comes first.
   */
  readonly rank?: NameRank
  /** Called with each function's scope, for those who want to look into a closure later. */
  readonly onLambda?: (start: number, scope: Scope) => void
}

/**
 * Writes the code of an expression into the program memory and returns its pc.
 * @throws EvalError `undefined-variable` when a name has no meaning
 */
export function encode(tree: Expr, settings: EncodeSettings): number {
  return encodeIn(Scope.root(), tree, settings)
}

/** As `encode`, for an expression that sees the variables of a scope. */
export function encodeIn(scope: Scope, tree: Expr, settings: EncodeSettings): number {
  const before = codeExtent()
  const encoder = new Encoder(settings)
  const { result, names } = hearing(() => encoder.expr(tree, scope, -1))
  if (!encoder.hasAlias) return result
  takeBack(before)
  return new Encoder({ ...settings, onFault: () => {} }, rankValues(names)).expr(tree, scope, -1)
}

/** Writes expressions. What sets, functions and operators become is in files of their own, which come back here for what is in them. */
export class Encoder {
  /** Whether one of several names that are defined together only stands for another, so that their order matters. */
  hasAlias = false

  /** @param valueRank that order, once all names of the text are known */
  constructor(
    readonly settings: EncodeSettings,
    private readonly valueRank?: NameRank,
  ) {}

  /** Whether variables are looked at in Nix's order: see `EncodeSettings.rank`. */
  get looksAsNix(): boolean {
    return this.settings.rank !== undefined
  }

  /** The order of names that are defined together where one only stands for another. */
  aliasRank(): NameRank | undefined {
    this.hasAlias = true
    return this.valueRank
  }

  /** `bound` is the symbol that the expression is bound to, which names a function in messages; -1 for none. */
  expr(e: Expr, scope: Scope, bound: number): number {
    const span = this.span(e.start)
    switch (e.kind) {
      case "int":
        return this.constant(integer(e.text), span)
      case "float":
        return this.constant(this.float(e.text, span), span)
      case "string":
        return this.string(e, scope)
      case "path":
        return this.path(e.parts, scope, span)
      case "searchPath":
        return this.searchPath(e.text, scope, span)
      case "variable":
        return this.variable(e.name, scope, span)
      case "select":
        return this.select(e, scope)
      case "hasAttr":
        return this.hasAttr(e, scope)
      case "apply":
        return this.call(e, scope)
      case "lambda":
        return e.formals === undefined
          ? encodeLambda(this, e, scope, bound)
          : encodeFormalsLambda(this, e, scope, bound)
      case "let":
        return encodeLet(this, e, scope.frame(), 0, inner => this.expr(e.body, inner, -1))
      case "legacyLet":
        return encodeLegacyLet(this, e, scope)
      case "with":
        return emit(Op.With, span, this.expr(e.scope, scope, -1), this.expr(e.body, scope.with(), -1))
      case "assert":
        return this.assert(e, scope)
      case "if":
        return this.if(e, scope)
      case "attrset":
        return encodeSet(this, planSet(e), scope)
      case "list":
        return this.list(e, scope)
      case "unary":
        return encodeUnary(this, e, scope)
      case "binary":
        return encodeBinary(this, e, scope)
      case "paren":
        return this.expr(e.inner, scope, bound)
      case "missing":
        return emit(Op.Raise, span, constantSlot("syntax error"), 0)
    }
  }

  span(offset: number): Span {
    return this.settings.source.base + offset
  }

  constant(value: Value, span: Span): number {
    return emit(Op.Const, span, constantSlot(value))
  }

  private float(text: string, span: Span): NixFloat {
    const value = floatOfLiteral(text)
    if (value === undefined) this.settings.onFault(new EvalError("syntax", `invalid float '${text}'`, span))
    return new NixFloat(value ?? 0)
  }

  private string(e: Str, scope: Scope): number {
    const span = this.span(e.start)
    const only = e.parts[0]
    if (only === undefined) return this.constant("", span)
    if (e.parts.length === 1 && only.kind === "text") return this.constant(only.text, span)
    const pc = newNode(Op.Interpolate, span, 1 + e.parts.length)
    ops[pc + 2] = e.parts.length
    for (const [i, part] of e.parts.entries()) ops[pc + 3 + i] = this.part(part, scope)
    return pc
  }

  private part(part: StrPart, scope: Scope): number {
    return part.kind === "text"
      ? this.constant(part.text, this.span(part.start))
      : this.expr(part.expr, scope, -1)
  }

  private path(parts: readonly StrPart[], scope: Scope, span: Span): number {
    const [first, ...rest] = parts
    const text = first?.kind === "text" ? first.text : ""
    const head = this.pathHead(text, rest.length > 0, span)
    if (rest.length === 0) return head
    return emit(Op.InterpolatePath, span, parts.length, head, ...rest.map(part => this.part(part, scope)))
  }

  /** A path's constant beginning. A `/` before an interpolation is kept: `./a/${b}` is not `./a${b}`. */
  private pathHead(text: string, interpolated: boolean, span: Span): number {
    if (text.startsWith("~")) return emit(Op.HomePath, span, constantSlot(text.slice(1)))
    const absolute = canonicalPath(text.startsWith("/") ? text : `${this.settings.source.baseDir}/${text}`)
    const slash = interpolated && text.endsWith("/") && absolute !== "/" ? "/" : ""
    return this.constant(new NixPath(absolute + slash), span)
  }

  private searchPath(text: string, scope: Scope, span: Span): number {
    const arguments_ = [this.variable("__nixPath", scope, span), this.constant(text, span)]
    return emit(Op.Apply, span, this.variable("__findFile", scope, span), 2, ...arguments_)
  }

  variable(name: string, scope: Scope, span: Span): number {
    if (name === "__curPos") return emit(Op.CurPos, span)
    // Nix has met the name here, also of a variable that needs none to be found.
    intern(name)
    const found = scope.resolve(name)
    if (found.kind === "local") {
      if (found.depth === 0) return emit(Op.Local0, span, found.slot)
      if (found.depth === 1) return emit(Op.Local1, span, found.slot)
      if (found.depth === 2) return emit(Op.Local2, span, found.slot)
      return emit(Op.Local, span, found.depth, found.slot)
    }
    this.settings.onForeign?.(name)
    // A global beats `with`: it is the outermost static scope.
    const global = this.settings.globals.get(name)
    if (global !== undefined) return emit(Op.Global, span, global)
    if (found.kind === "with")
      return emit(Op.WithName, span, intern(name), found.depths.length, ...found.depths)
    const message = `undefined variable '${name}'`
    this.settings.onFault(new EvalError("undefined-variable", message, span))
    return emit(Op.Raise, span, constantSlot(message), 1)
  }

  private select({ subject, path, fallback, start }: Select, scope: Scope): number {
    const pc = newSelect(this.span(start), path.length)
    ops[pc + 2] = this.expr(subject, scope, -1)
    // Names are met as they are written, and variables of the fallback looked at before those of the names.
    for (const name of path) if (name.kind === "static") intern(name.name)
    ops[pc + 3] = fallback === undefined ? 0 : this.expr(fallback, scope, -1)
    for (let i = 0; i < path.length; i++)
      selectName(pc, i, this.name(path[i], scope), this.span(path[i].start))
    return pc
  }

  private hasAttr({ subject, path, start }: HasAttr, scope: Scope): number {
    const pc = newNode(Op.HasAttr, this.span(start), 2 + 2 * path.length)
    ops[pc + 2] = this.expr(subject, scope, -1)
    ops[pc + 3] = path.length
    for (let i = 0; i < path.length; i++) {
      ops[pc + 4 + 2 * i] = this.name(path[i], scope)
      ops[pc + 5 + 2 * i] = this.span(path[i].start)
    }
    return pc
  }

  private list({ elements, start }: List, scope: Scope): number {
    const pc = newNode(Op.List, this.span(start), 1 + elements.length)
    ops[pc + 2] = elements.length
    for (let i = 0; i < elements.length; i++) ops[pc + 3 + i] = this.expr(elements[i], scope, -1)
    return pc
  }

  /** A symbol, or `~pc` of the expression that gives the name. */
  private name(name: AttrName, scope: Scope): number {
    return name.kind === "static" ? intern(name.name) : ~this.expr(name.expr, scope, -1)
  }

  call(e: Apply | Pipe, scope: Scope): number {
    const call = writtenCall(e)
    const count = call.arguments.length
    const pc = newNode(Op.Apply, this.span(call.start), 2 + count)
    ops[pc + 2] = this.expr(call.fn, scope, -1)
    ops[pc + 3] = count
    for (let i = 0; i < count; i++) ops[pc + 4 + i] = this.argument(call.arguments[i], call, scope)
    return pc
  }

  /** `f or` applies `f` to a variable that Nix sees where the call begins. */
  private argument(e: Expr, call: WrittenCall, scope: Scope): number {
    if (e.kind !== "variable" || e.name !== "or") return this.expr(e, scope, -1)
    this.settings.onOddOr?.()
    return this.variable("or", scope, this.span(call.start))
  }

  private assert(e: Assert, scope: Scope): number {
    const condition = this.expr(e.condition, scope, -1)
    return emit(Op.Assert, this.span(e.start), condition, this.expr(e.body, scope, -1))
  }

  private if(e: If, scope: Scope): number {
    const condition = this.expr(e.condition, scope, -1)
    const consequent = this.expr(e.consequent, scope, -1)
    return emit(Op.If, this.span(e.start), condition, consequent, this.expr(e.alternative, scope, -1))
  }
}

function integer(text: string): number | bigint {
  if (!isIntegerInRange(text)) throw new EvalError("syntax", `invalid integer '${text}'`)
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}
