// Looking for something in the text of a file as it was parsed.

import { canonicalPath } from "../../eval/index.js"
import { type Expr, expressionsIn, plainText } from "../../syntax/index.js"

/** Where a file writes the path of another file, or of the folder whose `default.nix` that is. */
export function findPathTo(
  { path, tree }: { readonly path: string; readonly tree: Expr },
  target: string,
): Expr | undefined {
  const folder = path.slice(0, path.lastIndexOf("/"))
  return findExpr(tree, expr => isPathTo(expr, folder, target))
}

/** Whether an expression is a relative path, written out, to a file or folder; a folder stands for its `default.nix`. */
export function isPathTo(expr: Expr, folder: string, target: string): boolean {
  const text = expr.kind === "path" ? plainText(expr) : undefined
  if (!text?.startsWith(".")) return false
  const path = canonicalPath(`${folder}/${text}`)
  return path === target || `${path}/default.nix` === target
}

/** The first node of a tree, in the order of the text, that fulfils a condition. */
export function findExpr(tree: Expr, isWanted: (expr: Expr) => boolean): Expr | undefined {
  for (const expr of expressionsIn(tree)) if (isWanted(expr)) return expr
  return undefined
}
