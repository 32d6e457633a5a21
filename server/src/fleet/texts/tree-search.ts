// Looking for something in the text of a file as it was parsed.

import { canonicalPath } from "../../eval/index.js"
import { type Expr, expressionsIn, plainText } from "../../syntax/index.js"

/** Where a file writes the path of another file, or of the folder whose `default.nix` that is. */
export function findPathTo(
  { path, tree }: { readonly path: string; readonly tree: Expr },
  target: string,
): Expr | undefined {
  return findExpr(tree, expr => isPathTo(expr, path, target))
}

/** Whether an expression in a file is a relative path, written out, to `target`; a folder stands for its `default.nix`. */
export function isPathTo(expr: Expr, file: string, target: string): boolean {
  const path = pathIn(expr, file)
  return path !== undefined && (path === target || `${path}/default.nix` === target)
}

/** Where a relative path in a file leads, if it is written out; undefined for any other expression. */
export function pathIn(expr: Expr, file: string): string | undefined {
  const text = expr.kind === "path" ? plainText(expr) : undefined
  if (!text?.startsWith(".")) return undefined
  return canonicalPath(`${file.slice(0, file.lastIndexOf("/"))}/${text}`)
}

/** The first node of a tree, in the order of the text, that fulfils a condition. */
export function findExpr(tree: Expr, isWanted: (expr: Expr) => boolean): Expr | undefined {
  for (const expr of expressionsIn(tree)) if (isWanted(expr)) return expr
  return undefined
}
