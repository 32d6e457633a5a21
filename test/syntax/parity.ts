// What "the two parsers agree" means, for the test on snippets and for the run over all of nixpkgs.

import { isDeepStrictEqual } from "node:util"
import { type Expr, type Grammar, parse } from "../../server/src/syntax/index.js"
import { lower } from "../grammars/lower.js"

/** What each parser says about `text`: a tree, or undefined for text that it refuses. */
export interface Verdicts {
  readonly treeSitter: Expr | undefined
  readonly handWritten: Expr | undefined
}

/** Runs both parsers. */
export function verdicts(grammar: Grammar, text: string): Verdicts {
  const raw = grammar.treeOf(text)
  const treeSitter = lower(raw, text)
  raw.delete()
  const { tree, problems } = parse(text)
  return { treeSitter, handWritten: problems.length === 0 ? tree : undefined }
}

/** Whether both refuse the text, or both give the same tree, down to every range. */
export function agree({ treeSitter, handWritten }: Verdicts): boolean {
  return isDeepStrictEqual(treeSitter, handWritten)
}
