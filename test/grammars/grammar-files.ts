// Where the two .wasm files are in a checkout, for tests of the grammar and of what stands on it.

import { join } from "node:path"
import type { GrammarFiles } from "../../server/src/syntax/index.js"

export const grammarFolder = join(__dirname, "../../grammars")

export const grammarFiles: GrammarFiles = {
  runtime: require.resolve("web-tree-sitter/web-tree-sitter.wasm"),
  grammar: join(grammarFolder, "tree-sitter-nix.wasm"),
}
