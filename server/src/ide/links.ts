// Paths in a file as links to the files they name. A folder means its default.nix, as it does for `import`.

import { dirname, resolve } from "node:path"
import { rangeOf, type TextRange } from "../base/index.js"
import { type Expr, expressionsIn, type Path, plainText } from "../syntax/index.js"

export interface Link {
  readonly range: TextRange
  /** Absolute path of the file. */
  readonly file: string
}

/**
 * The links of a file, in the order of the text. Paths with interpolations, and paths without a file, are left out.
 * @param path absolute path of the file itself
 */
export function links(tree: Expr, path: string, isFile: (path: string) => boolean): Link[] {
  const found: Link[] = []
  for (const expr of expressionsIn(tree)) {
    const file = expr.kind === "path" ? fileAt(expr, dirname(path), isFile) : undefined
    if (file !== undefined) found.push({ range: rangeOf(expr), file })
  }
  return found
}

function fileAt(written: Path, folder: string, isFile: (path: string) => boolean): string | undefined {
  const text = plainText(written)
  if (text === undefined || text.startsWith("~")) return undefined
  const path = resolve(folder, text)
  return [path, `${path}/default.nix`].find(isFile)
}
