// Holds the two parsers equal: the same text gives the same AST with the same ranges, or both refuse it. Runs on every
// .nix file of the repository and on snippets where Nix's grammar is easily misread. Which of the snippets are Nix was
// asked of Nix 2.34.8. All of nixpkgs: test/corpus/parity.ts.

import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { type Grammar, loadGrammar } from "../../server/src/syntax/index.js"
import { grammarFiles } from "../grammars/grammar-files.js"
import { verdicts } from "./parity.js"
import { notNix, valid } from "./snippets.js"

const root = join(__dirname, "../..")

function nixFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name === ".git" ? [] : nixFiles(path)
    return entry.isFile() && entry.name.endsWith(".nix") ? [path] : []
  })
}

describe("tree-sitter and the hand-written parser", () => {
  let grammar: Grammar
  before(async () => {
    grammar = await loadGrammar(grammarFiles)
  })

  for (const path of nixFiles(root))
    it(`agree on ${relative(root, path)}`, () => {
      const { treeSitter, handWritten } = verdicts(grammar, readFileSync(path, "utf8"))
      assert.deepEqual(treeSitter, handWritten)
    })

  for (const snippet of valid)
    it(`agree that ${JSON.stringify(snippet)} is Nix`, () => {
      const { treeSitter, handWritten } = verdicts(grammar, snippet)
      assert.notEqual(treeSitter, undefined, "tree-sitter refuses it")
      assert.deepEqual(treeSitter, handWritten)
    })

  for (const snippet of notNix)
    it(`agree that ${JSON.stringify(snippet)} is not Nix`, () => {
      const { treeSitter, handWritten } = verdicts(grammar, snippet)
      assert.deepEqual({ treeSitter, handWritten }, { treeSitter: undefined, handWritten: undefined })
    })
})
