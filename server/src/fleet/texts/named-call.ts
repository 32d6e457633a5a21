// Calls as they are written: the function by the last part of its name (`mkIf` of `lib.mkIf c x`), and its arguments.

import { type Expr, withoutParens } from "../../syntax/index.js"

export interface NamedCall {
  /** "" if what is called has no name. */
  readonly name: string
  /** Without parentheses around them. */
  readonly args: readonly Expr[]
}

/** The call that an expression is; undefined for any other. */
export function namedCall(e: Expr): NamedCall | undefined {
  if (e.kind !== "apply") return undefined
  const args: Expr[] = []
  let fn: Expr = e
  for (; fn.kind === "apply"; fn = withoutParens(fn.fn)) args.unshift(withoutParens(fn.arg))
  return { name: lastName(fn), args }
}

function lastName(e: Expr): string {
  if (e.kind === "variable") return e.name
  const last = e.kind === "select" ? e.path.at(-1) : undefined
  return last?.kind === "static" ? last.name : ""
}
