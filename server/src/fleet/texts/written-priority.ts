// What an expression says about its priority in plain sight: `lib.mkForce x`, `mkOverride 900 x`.

import { DEFAULT_PRIORITY, priorities } from "../../modules/index.js"
import { type Expr, withoutParens } from "../../syntax/index.js"

/** The priority that an expression has as a definition; the default where it says nothing. */
export function writtenPriority(e: Expr): number {
  const call = callOf(e)
  if (call === undefined) return DEFAULT_PRIORITY
  const [first] = call.args
  if (call.name === "mkOverride" && first?.kind === "int") return Number(first.text)
  return priorities[call.name] ?? DEFAULT_PRIORITY
}

/** Whether an expression declares an option rather than defining one. */
export function isDeclaration(e: Expr): boolean {
  return /^mk(Option|EnableOption|PackageOption)$/.test(callOf(e)?.name ?? "")
}

/** The function that an expression calls, by the last part of its name, and the arguments. */
function callOf(e: Expr): { name: string; args: Expr[] } | undefined {
  const args: Expr[] = []
  let fn = withoutParens(e)
  for (; fn.kind === "apply"; fn = fn.fn) args.unshift(withoutParens(fn.arg))
  if (args.length === 0) return undefined
  const last = fn.kind === "select" ? fn.path.at(-1) : undefined
  const name = fn.kind === "variable" ? fn.name : last?.kind === "static" ? last.name : ""
  return { name, args }
}
