// What an expression says about its priority in plain sight: `lib.mkForce x`, `mkOverride 900 x`.

import { DEFAULT_PRIORITY, priorities } from "../../modules/index.js"
import { type Expr, withoutParens } from "../../syntax/index.js"
import { namedCall } from "./named-call.js"

/** The priority that an expression has as a definition; the default where it says nothing. */
export function writtenPriority(e: Expr): number {
  const call = namedCall(withoutParens(e))
  if (call === undefined) return DEFAULT_PRIORITY
  const [first] = call.args
  if (call.name === "mkOverride" && first?.kind === "int") return Number(first.text)
  return priorities[call.name] ?? DEFAULT_PRIORITY
}

/** Whether an expression declares an option rather than defining one. */
export function isDeclaration(e: Expr): boolean {
  return /^mk(Option|EnableOption|PackageOption)$/.test(namedCall(withoutParens(e))?.name ?? "")
}
