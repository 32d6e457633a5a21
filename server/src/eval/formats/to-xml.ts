// A value as XML, for `builtins.toXML`. The elements are those of Nix (libexpr, value-to-xml).

import { ops } from "../code/code.js"
import { FORMAL_SIZE, FORMALS, Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { shownPath } from "../core-files.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { isDerivation } from "../interpreter/compare.js"
import { force, forceAt } from "../interpreter/force.js"
import { isInteger } from "../interpreter/operators.js"
import { type Context, contextOf, isString, joinContext, noContext, textOf } from "../values/context.js"
import { intern, nameOf } from "../values/symbol.js"
import {
  Attrs,
  Lambda,
  type Lazy,
  NixFloat,
  NixPath,
  type NixString,
  Partial,
  type Value,
} from "../values/value.js"
import { floatToShortText } from "./float-text.js"

const DRV_PATH = intern("drvPath")
const OUT_PATH = intern("outPath")

/** The XML document of a value, with what its strings depend on. @throws EvalError */
export function toXml(ev: Evaluator, value: Value): { text: string; context: Context } {
  const writer = new XmlWriter(ev)
  writer.element("expr", {}, () => writer.value(value))
  return { text: `<?xml version='1.0' encoding='utf-8'?>\n${writer.text}`, context: writer.context }
}

class XmlWriter {
  text = ""
  context: Context = noContext
  own: Set<string> | undefined
  private depth = 0
  /** Of the attribute that is being written. */
  private span: Span = 0
  private readonly derivations = new Set<string>()

  constructor(private readonly ev: Evaluator) {}

  element(
    name: string,
    attributes: Readonly<Record<string, string | undefined>>,
    content?: () => void,
  ): void {
    const indent = "  ".repeat(this.depth)
    const written = Object.entries(attributes).map(([key, value]) =>
      value === undefined ? "" : ` ${key}="${escapeXml(value)}"`,
    )
    this.text += `${indent}<${name}${written.join("")}${content === undefined ? " />" : ">"}\n`
    if (content === undefined) return
    this.depth++
    content()
    this.depth--
    this.text += `${indent}</${name}>\n`
  }

  value(value: Value): void {
    if (value === null) this.element("null", {})
    else if (typeof value === "boolean") this.element("bool", { value: String(value) })
    else if (isInteger(value)) this.element("int", { value: String(value) })
    else if (value instanceof NixFloat)
      this.element("float", { value: floatToShortText(value.value, value.nan) })
    else if (isString(value)) this.string(value)
    else if (value instanceof NixPath) this.element("path", { value: shownPath(value.path) })
    else if (value instanceof Attrs) this.attrs(value)
    else if (Array.isArray(value))
      this.element("list", {}, () => {
        for (const element of value) this.place(element, this.span)
      })
    else if (value instanceof Lambda) this.lambda(value.pc, 0)
    else if (value instanceof Partial && value.fn instanceof Lambda) this.lambda(value.fn.pc, value.given)
    else this.element("unevaluated", {})
  }

  private place(place: Lazy, span: Span): void {
    const { ev, span: outer } = this
    this.span = span
    descend(ev, span)
    try {
      this.value(forceAt(ev, place, span))
    } finally {
      ev.depth--
      this.span = outer
    }
  }

  private string(value: string | NixString): void {
    joinContext(this, contextOf(value))
    this.element("string", { value: textOf(value) })
  }

  private attrs(attrs: Attrs): void {
    if (isDerivation(this.ev, attrs)) this.derivation(attrs)
    else this.element("attrs", {}, () => this.members(attrs))
  }

  private derivation(attrs: Attrs): void {
    const drvPath = this.textAt(attrs, DRV_PATH)
    this.element("derivation", { drvPath, outPath: this.textAt(attrs, OUT_PATH) }, () => {
      if (drvPath === undefined || this.derivations.has(drvPath)) return this.element("repeated", {})
      this.derivations.add(drvPath)
      this.members(attrs)
    })
  }

  private textAt(attrs: Attrs, symbol: number): string | undefined {
    const place = attrs.get(symbol)
    const value = place === undefined ? undefined : force(this.ev, place)
    return value !== undefined && isString(value) ? textOf(value) : undefined
  }

  private members(attrs: Attrs): void {
    for (const slot of attrs.shape.sorted) {
      const name = attrs.shape.nameAt(slot)
      this.element("attr", { name }, () => this.place(attrs.at(slot), attrs.shape.spanAt(slot)))
    }
  }

  /** @param given how many of its parameters have their arguments already */
  private lambda(pc: number, given: number): void {
    this.element("function", {}, () => {
      if (ops[pc] === Op.Lambda) this.element("varpat", { name: nameOf(ops[pc + 6 + given]) })
      else this.formals(pc)
    })
  }

  private formals(pc: number): void {
    const ellipsis = ops[pc + 6] === 1 ? "1" : undefined
    const whole = ops[pc + 8]
    this.element("attrspat", { ellipsis, name: whole < 0 ? undefined : nameOf(whole) }, () => {
      const names = Array.from({ length: ops[pc + 7] }, (_, i) =>
        nameOf(ops[pc + FORMALS + FORMAL_SIZE * i]),
      ).sort()
      for (const name of names) this.element("attr", { name })
    })
  }
}

const entities: Readonly<Record<string, string>> = {
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "\n": "&#xA;",
}

function escapeXml(text: string): string {
  return text.replace(/["<>&\n]/g, found => entities[found])
}
