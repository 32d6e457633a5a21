// Texts at the edges of the grammar, and whether Nix 2.34.8 takes them: `nix-instantiate --parse` with pipe operators was
// asked about each line of judged/ (a JSON string a line; "undefined variable" counts as taken, that is no syntax). The
// message that a rejected text gets is golden too: it has to read well, and this is where all of them are read.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Problem } from "../../server/src/base/index.js"
import { parse, validate } from "../../server/src/syntax/index.js"
import { golden } from "../harness/golden.js"

function snippets(name: string): string[] {
  const lines = readFileSync(join(__dirname, "judged", name), "utf8")
    .trimEnd()
    .split("\n")
  return lines.map(line => String(JSON.parse(line)))
}

function problemsOf(text: string): readonly Problem[] {
  const { tree, problems } = parse(text)
  return problems.length > 0 ? problems : validate(tree, text)
}

describe("the judgement of Nix", () => {
  for (const text of snippets("accepted.txt"))
    it(`takes ${JSON.stringify(text)}`, () => assert.deepEqual(problemsOf(text), []))

  const rejected = snippets("rejected.txt")
  for (const text of rejected)
    it(`refuses ${JSON.stringify(text)}`, () => assert.notEqual(problemsOf(text).length, 0))

  it("comes with these messages", () => {
    const messages = rejected.map(text => {
      const shown = problemsOf(text).map(({ range, message }) => `  ${range.start}-${range.end} ${message}`)
      return [JSON.stringify(text), ...shown].join("\n")
    })
    golden(join(__dirname, "judged", "rejected.golden"), `${messages.join("\n")}\n`)
  })
})
