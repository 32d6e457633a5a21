// The problems that a text has by itself, as one types: grammar first, and what Nix checks beyond it once that is right.

import type { Problem } from "../../base/index.js"
import { type Parsed, parse, validate } from "../../syntax/index.js"

/** The tree of a text, and all that is wrong with it, sorted by place. */
export function checkSyntax(text: string): Parsed {
  const { tree, problems } = parse(text)
  return { tree, problems: problems.length > 0 ? problems : sorted(validate(tree, text)) }
}

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.range.start - b.range.start)
}
