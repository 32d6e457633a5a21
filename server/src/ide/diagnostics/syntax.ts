// Problems of the text alone, while one types: grammar first, and once that is right, what else Nix checks while parsing.

import type { Problem } from "../../base/index.js"
import { type Parsed, parse, validate } from "../../syntax/index.js"

/** The tree of a text and its problems, sorted by place. */
export function checkSyntax(text: string): Parsed {
  const { tree, problems } = parse(text)
  return { tree, problems: problems.length > 0 ? problems : sorted(validate(tree, text)) }
}

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.range.start - b.range.start)
}
