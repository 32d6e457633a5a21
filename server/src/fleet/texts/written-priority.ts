// What an expression says about its priority in plain sight: `lib.mkForce x`, `mkOverride 900 x`.

import { type Expr, withoutParens } from "../../syntax/index.js"

/** The functions of nixpkgs' lib that set a priority (lib/modules.nix). */
const priorities: Readonly<Record<string, number>> = {
  mkVMOverride: 10,
  mkForce: 50,
  mkImageMediaOverride: 60,
  mkDefault: 1000,
  mkOptionDefault: 1500,
}

/** The priority that an expression has as a definition; 100 where it says nothing. */
export function writtenPriority(e: Expr): number {
  const call = callOf(e)
  if (call === undefined) return 100
  const [first] = call.args
  if (call.name === "mkOverride" && first?.kind === "int") return Number(first.text)
  return priorities[call.name] ?? 100
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
