// The grammar's corpus, grammars/test/corpus, run against the committed wasm, so that it needs no tree-sitter CLI (which
// reads the same files: `tree-sitter test`). UPDATE=1 rewrites the trees.

import assert from "node:assert/strict"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Grammar } from "../../server/src/syntax/index.js"
import { loadGrammar } from "../../server/src/syntax/index.js"
import { grammarFiles, grammarFolder } from "./grammar-files.js"

interface Case {
  readonly title: string
  readonly source: string
  readonly tree: string
}

/** Cases of a corpus file: a title between lines of `=`, the source, a line of `-`, the tree. */
function readCases(text: string): Case[] {
  const header = /^===+\n(.+)\n===+\n/gm
  const starts = [...text.matchAll(header)]
  return starts.map((match, index) => {
    const body = text.slice(match.index + match[0].length, starts[index + 1]?.index)
    const divider = body.lastIndexOf("\n---\n")
    assert(divider >= 0, `'${match[1]}' has no line of dashes`)
    return { title: match[1], source: body.slice(1, divider), tree: body.slice(divider + 5) }
  })
}

function writeCases(cases: readonly Case[]): string {
  return cases
    .map(({ title, source, tree }) => {
      const line = "=".repeat(Math.max(3, title.length))
      return `${line}\n${title}\n${line}\n\n${source}\n---\n\n${indent(tree)}\n`
    })
    .join("\n")
}

/** One node a line, two spaces a level. */
function indent(tree: string): string {
  let depth = 0
  return tree
    .split(/ (?=[a-z_]+: \()|(?<!:) (?=\()/)
    .map(node => {
      const line = `${"  ".repeat(depth)}${node.trim()}`
      depth += count(node, "(") - count(node, ")")
      return line
    })
    .join("\n")
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function treeOf(grammar: Grammar, source: string): string {
  const tree = grammar.treeOf(source)
  const text = tree.rootNode.toString()
  tree.delete()
  return text
}

describe("grammar corpus", () => {
  let grammar: Grammar
  before(async () => {
    grammar = await loadGrammar(grammarFiles)
  })

  const folder = join(grammarFolder, "test/corpus")
  for (const file of readdirSync(folder)) {
    const path = join(folder, file)
    const cases = readCases(readFileSync(path, "utf8"))
    const trees = new Map<Case, string>()
    for (const one of cases)
      it(`${file}: ${one.title}`, () => {
        const tree = treeOf(grammar, one.source)
        trees.set(one, tree)
        if (process.env.UPDATE === undefined)
          assert.equal(indent(tree), indent(one.tree.replace(/\s+/g, " ").trim()))
      })
    after(() => {
      if (process.env.UPDATE !== undefined)
        writeFileSync(path, writeCases(cases.map(one => ({ ...one, tree: trees.get(one) ?? one.tree }))))
    })
  }
})
