// Open documents: after any edits, the syntax is that of the text as it then is.

import assert from "node:assert/strict"
import {
  type Grammar,
  loadGrammar,
  type OpenDocument,
  parse,
  type TextChange,
} from "../../server/src/syntax/index.js"
import { grammarFiles } from "../grammars/grammar-files.js"

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

/** A sequence of numbers that looks random and is the same on every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  return below => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function isCurrent(document: OpenDocument): void {
  assert.deepEqual(document.syntax, parse(document.text), document.text)
}

describe("an open document", () => {
  let grammar: Grammar
  before(async () => {
    grammar = await loadGrammar(grammarFiles)
  })

  it("has the tree and the ranges of its text", () => {
    const document = grammar.open(sample)
    assert.deepEqual(document.syntax.problems, [])
    isCurrent(document)
    document.close()
  })

  it("follows a person who types", () => {
    const document = grammar.open("")
    for (let at = 0; at < sample.length; at++) {
      document.edit([{ start: at, end: at, text: sample[at] }])
      isCurrent(document)
    }
    assert.equal(document.text, sample)
    document.close()
  })

  it("follows a person who deletes from the end", () => {
    const document = grammar.open(sample)
    for (let at = sample.length; at > 0; at--) {
      document.edit([{ start: at - 1, end: at, text: "" }])
      isCurrent(document)
    }
    document.close()
  })

  it("follows edits that break it and mend it again", () => {
    const random = numbers(1)
    const document = grammar.open(sample)
    for (let round = 0; round < 400; round++) {
      const start = random(sample.length)
      const end = Math.min(sample.length, start + random(20))
      const other = random(sample.length)
      const inserted = sample.slice(other, other + random(20))
      document.edit([{ start, end, text: inserted }])
      isCurrent(document)
      document.edit([{ start, end: start + inserted.length, text: sample.slice(start, end) }])
      assert.equal(document.text, sample)
      isCurrent(document)
    }
    document.close()
  })

  it("applies several changes one after another", () => {
    const document = grammar.open("{ a = 1; }")
    const changes: TextChange[] = [
      { start: 2, end: 3, text: "bb" },
      { start: 7, end: 8, text: "[ 2\n3 ]" },
    ]
    document.edit(changes)
    assert.equal(document.text, "{ bb = [ 2\n3 ]; }")
    isCurrent(document)
    document.close()
  })

  it("keeps its syntax until the next edit", () => {
    const document = grammar.open("a")
    const before = document.syntax
    document.edit([])
    assert.equal(document.syntax, before)
    document.edit([{ start: 0, end: 1, text: "b" }])
    assert.notEqual(document.syntax, before)
    document.close()
  })

  it("has a tree however deep it nests", () => {
    const depth = 20_000
    const document = grammar.open("[ ".repeat(depth) + " ]".repeat(depth))
    assert.deepEqual(document.syntax.problems, [])
    assert.equal(document.syntax.tree.kind, "list")
    document.close()
  })

  it("reports broken text as the parser of closed files does", () => {
    const document = grammar.open("{ a = ; }")
    assert.equal(document.syntax.problems.length, 1)
    isCurrent(document)
    document.close()
  })
})
