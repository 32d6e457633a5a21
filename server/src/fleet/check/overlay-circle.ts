// An overlay that makes a package of itself: `final: prev: { git = final.git.override { }; }`.
//
// Its first parameter is what the overlay itself helps to make, so that this goes round for ever. Nix only says that there is an
// infinite recursion; the text shows which name is wrong.

import { childrenOf, type Expr, staticNames } from "../../syntax/index.js"
import type { FindingFix, SourceRange } from "../model.js"
import type { SourceFile } from "../texts/source-files.js"

/** What is said of such a package. */
interface OverlayCircle {
  readonly why: string
  readonly fix: FindingFix
}

/** The circle that is closed at a place where a package is selected; undefined if there is none. */
export function overlayCircle(
  { tree, starts }: SourceFile,
  { range }: SourceRange,
): OverlayCircle | undefined {
  const offset = starts[range.start.line - 1] + range.start.column - 1
  const above = nodesAt(tree, offset)
  const selection = above.findLast(expr => expr.kind === "select" && expr.start === offset)
  if (selection?.kind !== "select" || selection.subject.kind !== "variable") return undefined
  const made = selection.subject.name
  const name = staticNames(selection.path)?.[0]
  const overlay = above.find(expr => parametersOf(expr)?.made === made)
  const parameters = overlay && parametersOf(overlay)
  if (name === undefined || parameters === undefined || !above.some(expr => defines(expr, name, offset)))
    return undefined
  const { before } = parameters
  return {
    why: `'${made}.${name}' is the package that this overlay makes, so it is made of itself: '${before}.${name}' is the one before the overlay`,
    fix: { kind: "rename", from: made, to: [before] },
  }
}

/** The nodes around an offset, the outermost first. */
function nodesAt(tree: Expr, offset: number): Expr[] {
  const found: Expr[] = []
  for (let expr: Expr | undefined = tree; expr !== undefined; ) {
    found.push(expr)
    expr = childrenOf(expr).find(({ start, end }) => start <= offset && offset < end)
  }
  return found
}

/** The parameters of an overlay: the packages as they will be, and as they were before it. */
function parametersOf(expr: Expr): { readonly made: string; readonly before: string } | undefined {
  if (expr.kind !== "lambda" || expr.body.kind !== "lambda") return undefined
  const [made, before] = [expr.param?.name, expr.body.param?.name]
  return made === undefined || before === undefined ? undefined : { made, before }
}

/** Whether a set gives a name a value that is around an offset. */
function defines(expr: Expr, name: string, offset: number): boolean {
  return (
    expr.kind === "attrset" &&
    expr.bindings.some(
      binding =>
        binding.kind === "binding" &&
        staticNames(binding.path)?.[0] === name &&
        binding.value.start <= offset &&
        offset < binding.value.end,
    )
  )
}
