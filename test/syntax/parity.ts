// What "the two parsers agree" means, for the test on snippets and for the run over all of nixpkgs.

import { isDeepStrictEqual } from "node:util"
import type { Grammar, Parsed } from "../../server/src/syntax/index.js"
import { parse } from "../../server/src/syntax/index.js"
import { lowerValid } from "../../server/src/syntax/tree-sitter-lower.js"

/** What each parser says about `text`: a tree, or undefined for text that it refuses. */
export interface Verdicts {
  readonly treeSitter: Parsed | undefined
  readonly handWritten: Parsed | undefined
}

/** Runs both parsers, each by itself: the one that open documents use hands broken text to the other, which would agree. */
export function verdicts(grammar: Grammar, text: string): Verdicts {
  const tree = grammar.treeOf(text)
  const treeSitter = lowerValid(tree, text)
  tree.delete()
  const parsed = parse(text)
  return { treeSitter, handWritten: parsed.problems.length === 0 ? parsed : undefined }
}

/** Whether both refuse the text, or both give the same tree, down to every range. */
export function agree({ treeSitter, handWritten }: Verdicts): boolean {
  return isDeepStrictEqual(treeSitter, handWritten)
}
