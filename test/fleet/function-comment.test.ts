// What stands above a function in its file, in every style that people write it.

import assert from "node:assert/strict"
import { attributePlaces } from "../../server/src/fleet/texts/attribute-places.js"
import { writtenFunction } from "../../server/src/fleet/texts/function-comment.js"
import { parse } from "../../server/src/syntax/index.js"
import { atCursor } from "../harness/fixture.js"

/** The cursor is where evaluation says that the function is written. */
function check(source: string, name: string, args: string, comment: string): void {
  const { text, cursor } = atCursor(source)
  const found = writtenFunction(text, attributePlaces(parse(text).tree), name, cursor)
  assert.deepEqual([found?.args.join(" "), found?.comment], [args, comment])
}

describe("the comment above a function", () => {
  it("is Markdown between the marks of RFC 145, without its indentation", () =>
    check(
      `{
  /**
    Adds.

    # Inputs

      indented
  */
  add = $0a: { b, c ? 1, ... }: a + b;
}`,
      "add",
      "a { b, c, ... }",
      "Adds.\n\n# Inputs\n\n  indented",
    ))

  it("is an old one, or lines", () => {
    check("{\n  /* Adds. */\n  add = $0a: a;\n}", "add", "a", "Adds.")
    check("{\n  x = 1;\n  # Adds\n  # two.\n  add = $0a: a;\n}", "add", "a", "Adds\ntwo.")
  })

  it("is nothing that is about something else", () => {
    check("{\n  # A section\n\n  add = $0a: a;\n}", "add", "a", "")
    check("{\n  /* A section */\n\n  add = $0a: a;\n}", "add", "a", "")
    check("{\n  /** Adds. */\n\n  add = $0a: a;\n}", "add", "a", "Adds.")
    check("{\n  x = 1; /* one */\n  add = $0a: a;\n}", "add", "a", "")
    check("{\n  x = 1; # one\n  add = $0a: a;\n}", "add", "a", "")
  })

  it("is its own where the function is written inside of another, and exported by another set", () =>
    check(
      `let
  /** Overrides. */
  mkOverride = priority: $0content: { };
  /** Gives way. */
  mkDefault = mkOverride 1000;
in
{
  # Exported
  inherit mkDefault;
}`,
      "mkDefault",
      "",
      "Gives way.",
    ))

  it("is that of the one which is meant, where a file has several of a name", () =>
    check("{\n  # One\n  a.f = x: x;\n  # Two\n  b.f = $0y: y;\n}", "f", "y", "Two"))
})
