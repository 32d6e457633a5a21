// `canopy parse`: what the parsers make of a file. Problems go to stderr, one a line, in the form that editors and
// terminals turn into links.

import { readFileSync } from "node:fs"
import { join } from "node:path"
import { lineColumn, lineStarts, type Problem } from "../../base/index.js"
import { textOfBytes } from "../../eval/index.js"
import { type Expr, loadGrammar, parse, validate } from "../../syntax/index.js"
import { UsageError } from "../arguments.js"
import { command, exit } from "../command.js"
import { readInput } from "../read-input.js"
import { scopeText } from "./scope.js"
import { treeText } from "./tree.js"

export const parseCommand = command({
  usage: "FILE [--print=ast|tree|scope] [--json]",
  summary: "show the syntax of a file: its tree, and what its names mean",
  flags: { "--print": 1, "--json": 0 },
  async run(given, terminal) {
    const file = given.operand("")
    if (file === "") throw new UsageError("no file is given")
    const form = formOf(given.one("--print") ?? (given.has("--json") ? "json" : "ast"))
    // Columns count bytes, as everywhere in Nix.
    const bytes = readInput(file, "latin1")
    const { tree, problems } = parse(bytes)
    const all = problems.length > 0 ? problems : validate(tree, bytes)
    terminal.err(problemLines(file, bytes, all))
    terminal.out(await forms[form](tree, bytes))
    return all.some(problem => problem.severity === "error") ? exit.failed : exit.done
  },
})

/** What can be printed of a tree and its text, each as text with a last newline. */
const forms = {
  ast: (tree: Expr, bytes: string) => textOfBytes(treeText(tree, bytes)),
  json: (tree: Expr) => `${textOfBytes(JSON.stringify(tree))}\n`,
  tree: (_: Expr, bytes: string) => grammarTree(textOfBytes(bytes)),
  scope: (tree: Expr, bytes: string) => textOfBytes(scopeText(tree, bytes)),
}

function formOf(name: string): keyof typeof forms {
  if (name === "ast" || name === "json" || name === "tree" || name === "scope") return name
  throw new UsageError(`'--print' takes ast, tree or scope, not '${name}'`)
}

/** One line a problem: `file:line:column: error: message`. */
function problemLines(file: string, text: string, problems: readonly Problem[]): string {
  const starts = lineStarts(text)
  const lines = problems.map(({ range, severity, message }) => {
    const { line, column } = lineColumn(starts, range.start)
    return `${file}:${line}:${column}: ${severity}: ${textOfBytes(message)}\n`
  })
  return lines.join("")
}

/** The tree of our tree-sitter grammar as an S-expression. */
async function grammarTree(text: string): Promise<string> {
  const grammar = await loadGrammar({
    runtime: join(__dirname, "web-tree-sitter.wasm"),
    grammar: readFileSync(join(__dirname, "../grammars/tree-sitter-nix.wasm")),
  })
  const tree = grammar.treeOf(text)
  try {
    return `${tree.rootNode.toString()}\n`
  } finally {
    tree.delete()
  }
}
