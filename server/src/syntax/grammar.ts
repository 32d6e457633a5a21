// Our tree-sitter grammar, run: a second opinion on what our parser says of a text, and what `canopy parse --print=tree` shows.
//
// This is the only way to web-tree-sitter. Its runtime and our grammar are two .wasm files; where they lie differs between
// the bundle (both beside it) and the sources, so whoever starts the program says where.

import type { Language, Parser, Tree } from "web-tree-sitter"

/** Paths of the two .wasm files. */
export interface GrammarFiles {
  /** web-tree-sitter.wasm, of the package web-tree-sitter. */
  readonly runtime: string
  /** tree-sitter-nix.wasm, of grammars/: its path, or its bytes. */
  readonly grammar: string | Uint8Array
}

/**
 * Loads our grammar. Rejects if a file is missing or does not fit; the runtime is loaded once for a process, and only
 * here, so that the evaluation thread and the command line do without it.
 */
export async function loadGrammar(files: GrammarFiles): Promise<Grammar> {
  const treeSitter = await import("web-tree-sitter")
  await treeSitter.Parser.init({ locateFile: () => files.runtime })
  const language = await treeSitter.Language.load(files.grammar)
  return new Grammar(language, new treeSitter.Parser().setLanguage(language))
}

/** The Nix grammar, ready to parse. */
export class Grammar {
  constructor(
    readonly language: Language,
    private readonly parser: Parser,
  ) {}

  /** The tree of a text, which the caller has to `delete`. `old` is the tree before, told of every edit since. */
  treeOf(text: string, old?: Tree): Tree {
    const tree = this.parser.parse(text, old)
    // Only a parser without a language, or one that was told to stop, gives no tree.
    if (tree === null) throw new Error("tree-sitter gave no tree")
    return tree
  }
}
