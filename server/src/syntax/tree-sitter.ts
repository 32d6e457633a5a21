// Open documents: tree-sitter keeps a tree per document and re-reads only what an edit touched.
//
// This is the only way to web-tree-sitter. Its runtime and our grammar are two .wasm files; where they lie differs between
// the bundle (both beside it) and the sources, so whoever starts the program says where.

import type { Edit, Language, Parser, Point, Tree } from "web-tree-sitter"
import type { Parsed } from "./parse.js"
import { lower } from "./tree-sitter-lower.js"

/** Paths of the two .wasm files. */
export interface GrammarFiles {
  /** web-tree-sitter.wasm, of the package web-tree-sitter. */
  readonly runtime: string
  /** tree-sitter-nix.wasm, of grammars/: its path, or its bytes. */
  readonly grammar: string | Uint8Array
}

/** Replaces the text from `start` to `end` (offsets into the text before the change, in UTF-16 units) by `text`. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Loads our grammar. Rejects if a file is missing or does not fit; the runtime is loaded once for a process, and only
 * here, so that the evaluation thread and the command line do without it.
 */
export async function loadGrammar(files: GrammarFiles): Promise<Grammar> {
  const treeSitter = await import("web-tree-sitter")
  await treeSitter.Parser.init({ locateFile: () => files.runtime })
  const language = await treeSitter.Language.load(files.grammar)
  return new Grammar(language, new treeSitter.Parser().setLanguage(language), treeSitter.Edit)
}

/** The Nix grammar, ready to open documents. */
export class Grammar {
  constructor(
    readonly language: Language,
    private readonly parser: Parser,
    private readonly Edit: new (edit: EditFields) => Edit,
  ) {}

  /** A document that stays in memory until it is closed. */
  open(text: string): OpenDocument {
    return new OpenDocument(this, text)
  }

  /** The raw tree, which the caller has to `delete`. `old` is the tree before, told of every edit since. */
  treeOf(text: string, old?: Tree): Tree {
    const tree = this.parser.parse(text, old)
    // Only a parser without a language, or one that was told to stop, gives no tree.
    if (tree === null) throw new Error("tree-sitter gave no tree")
    return tree
  }

  /** Tells `tree` that `change` turned `before` into `after`. */
  edit(tree: Tree, before: string, after: string, { start, end, text }: TextChange): void {
    const newEnd = start + text.length
    const edit = new this.Edit({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: newEnd,
      startPosition: pointAt(before, start),
      oldEndPosition: pointAt(before, end),
      newEndPosition: pointAt(after, newEnd),
    })
    tree.edit(edit)
  }
}

type EditFields = ConstructorParameters<typeof Edit>[0]

/** The text of an editor and its syntax, kept current by `edit`. Holds memory outside the heap until `close`. */
export class OpenDocument {
  private tree: Tree
  private parsed: Parsed | undefined

  constructor(
    private readonly grammar: Grammar,
    private current: string,
  ) {
    this.tree = grammar.treeOf(current)
  }

  get text(): string {
    return this.current
  }

  /** AST and problems of the current text; made on demand and kept until the next edit. */
  get syntax(): Parsed {
    this.parsed ??= lower(this.tree, this.current)
    return this.parsed
  }

  /** Applies `changes` one after another, each to the text that the one before left, as LSP sends them. */
  edit(changes: readonly TextChange[]): void {
    if (changes.length === 0) return
    for (const change of changes) {
      const before = this.current
      this.current = before.slice(0, change.start) + change.text + before.slice(change.end)
      this.grammar.edit(this.tree, before, this.current, change)
    }
    const old = this.tree
    this.tree = this.grammar.treeOf(this.current, old)
    old.delete()
    this.parsed = undefined
  }

  close(): void {
    this.tree.delete()
  }
}

function pointAt(text: string, offset: number): Point {
  let row = 0
  let lineStart = 0
  for (let at = text.indexOf("\n"); 0 <= at && at < offset; at = text.indexOf("\n", lineStart)) {
    row++
    lineStart = at + 1
  }
  return { row, column: offset - lineStart }
}
