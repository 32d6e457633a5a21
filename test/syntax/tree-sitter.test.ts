// The tree-sitter grammar in an editor: after any edits, of which it re-reads what they touched, the tree is that of the text as
// it then is.

import assert from "node:assert/strict"
import type { Point, Tree } from "web-tree-sitter"
import { type Grammar, loadGrammar, parse } from "../../server/src/syntax/index.js"
import { Random } from "../differential/random.js"
import { grammarFiles } from "../grammars/grammar-files.js"
import { lower } from "../grammars/lower.js"

const sample = `{ lib, config, ... }@args:
# \u{1f600} characters outside the plane of 16 bits, so that units and characters differ
let
  greet = name: ''
    Hello \${name}, \u{1f44b}
      you have ''\${no} mail
  '';
  path = ./modules + "/\${config.a."b".\${lib.c or "d"}}.nix";
in
rec {
  inherit (lib) mkIf mkMerge;
  imports = [ ./a.nix (import <b/c> { }) path ];
  value = if args ? x && !config.enable then mkIf true { y = 1.5; } // { } else -2;
}
`

/** A text with its tree, as an editor keeps them. */
class EditedText {
  private tree: Tree

  constructor(
    private readonly grammar: Grammar,
    public text: string,
  ) {
    this.tree = grammar.treeOf(text)
  }

  /** Replaces the text from `start` to `end`, in UTF-16 units. */
  async edit(start: number, end: number, inserted: string): Promise<void> {
    // Imported as loadGrammar does: two copies of the runtime know nothing of each other.
    const { Edit } = await import("web-tree-sitter")
    const before = this.text
    this.text = before.slice(0, start) + inserted + before.slice(end)
    const newEnd = start + inserted.length
    this.tree.edit(
      new Edit({
        startIndex: start,
        oldEndIndex: end,
        newEndIndex: newEnd,
        startPosition: pointAt(before, start),
        oldEndPosition: pointAt(before, end),
        newEndPosition: pointAt(this.text, newEnd),
      }),
    )
    const old = this.tree
    this.tree = this.grammar.treeOf(this.text, old)
    old.delete()
  }

  /** Fails unless the tree is that of the text: the one that our parser gives it, or none where the text is not Nix. */
  check(): void {
    const { tree, problems } = parse(this.text)
    assert.deepEqual(lower(this.tree, this.text), problems.length === 0 ? tree : undefined, this.text)
  }

  close(): void {
    this.tree.delete()
  }
}

function pointAt(text: string, offset: number): Point {
  const before = text.slice(0, offset)
  return { row: before.split("\n").length - 1, column: offset - (before.lastIndexOf("\n") + 1) }
}

describe("a text that is edited", () => {
  let grammar: Grammar
  before(async () => {
    grammar = await loadGrammar(grammarFiles)
  })

  it("follows a person who types", async () => {
    const edited = new EditedText(grammar, "")
    for (let at = 0; at < sample.length; at++) {
      await edited.edit(at, at, sample[at])
      edited.check()
    }
    assert.equal(edited.text, sample)
    edited.close()
  })

  it("follows a person who deletes from the end", async () => {
    const edited = new EditedText(grammar, sample)
    for (let at = sample.length; at > 0; at--) {
      await edited.edit(at - 1, at, "")
      edited.check()
    }
    edited.close()
  })

  it("follows edits that break it and mend it again", async () => {
    const random = new Random(1, 0)
    const edited = new EditedText(grammar, sample)
    for (let round = 0; round < 400; round++) {
      const start = random.below(sample.length)
      const end = Math.min(sample.length, start + random.below(20))
      const other = random.below(sample.length)
      const inserted = sample.slice(other, other + random.below(20))
      await edited.edit(start, end, inserted)
      edited.check()
      await edited.edit(start, start + inserted.length, sample.slice(start, end))
      assert.equal(edited.text, sample)
      edited.check()
    }
    edited.close()
  })

  it("has a tree however deep it nests", () => {
    const depth = 20_000
    const text = "[ ".repeat(depth) + " ]".repeat(depth)
    const tree = grammar.treeOf(text)
    assert.equal(lower(tree, text)?.kind, "list")
    tree.delete()
  })
})
