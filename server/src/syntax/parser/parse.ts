// The parser for every text, of open documents and of the thousands of files that are evaluated: it makes the AST in one pass,
// straight from characters. It never throws and always gives a tree; what is wrong comes back as problems. `canopy bench eval
// --only parsing` measures it on all of nixpkgs; test/syntax/parity.test.ts holds it to the tree-sitter grammar.

import type { Problem } from "../../base/index.js"
import type { Expr } from "../ast.js"
import { encryptedProblem } from "./encrypted.js"
import { expression } from "./expression.js"
import { Lexer } from "./lexer.js"
import { missingAt, unexpected } from "./recover.js"
import * as T from "./tokens.js"

export interface Parsed {
  readonly tree: Expr
  /** Sorted by place. */
  readonly problems: readonly Problem[]
}

/**
 * The tree of one Nix file and what is wrong with its grammar. `text` may be UTF-16 or a string of bytes; offsets count its units.
 * What Nix checks beyond grammar is `validate`.
 */
export function parse(text: string): Parsed {
  const p = new Lexer(text)
  try {
    p.next()
    const tree = expression(p)
    if (p.kind !== T.END && p.problems.length === 0) unexpected(p, "the end of the file")
    const problems = p.problems.sort((a, b) => a.range.start - b.range.start)
    const encrypted = encryptedProblem(text, problems)
    return { tree, problems: encrypted === undefined ? problems : [encrypted] }
  } catch (e) {
    // The only thing that the parser can run out of; how deep that is depends on the stack of the thread.
    if (!(e instanceof RangeError)) throw e
    const range = { start: p.start, end: p.end }
    const problem: Problem = {
      range,
      severity: "error",
      code: "nested-too-deeply",
      message: "expression is nested too deeply",
    }
    return { tree: missingAt(0), problems: [problem] }
  }
}
