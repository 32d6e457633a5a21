// What the parser and `validate` say of a text, written below that text.

import assert from "node:assert/strict"
import { parse, validate } from "../../server/src/syntax/index.js"
import { annotate, fixture } from "../harness/fixture.js"
import { showTree } from "../harness/show-tree.js"

/** `source` has its expected problems below the text, as `annotate` writes them; `tree` is what is understood of it. */
export function checkProblems(source: string, tree?: string): void {
  const { text } = fixture(source).main
  const parsed = parse(text)
  const problems = parsed.problems.length > 0 ? parsed.problems : validate(parsed.tree, text)
  const labels = problems.map(({ range, message }) => ({ ...range, text: message }))
  assert.equal(annotate(text, labels), source.replace(/^\n/, ""))
  if (tree !== undefined) assert.equal(showTree(parsed.tree), tree)
}
