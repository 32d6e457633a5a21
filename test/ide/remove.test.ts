// The quick fix of a fallback that can go: what is left of the text.

import assert from "node:assert/strict"
import { test } from "mocha"
import { analyze } from "../../server/src/ide/index.js"
import { fixture } from "../harness/fixture.js"

function check(source: string, expected: string | undefined): void {
  const { text, labels } = fixture(source).main
  const action = analyze("/a.nix", text).removal(labels[0])
  const left = action && text.slice(0, action.range.start) + text.slice(action.range.end)
  assert.equal(left?.trim(), expected?.trim())
}

test("a fallback goes with its line and the comment above that names it, and nothing else", () =>
  check(
    `
final: prev: {
  # Of all systems.
  other = final.stable.other;

  # hello: broken in unstable.
  # Added: today
  hello = final.stable.hello; # for now
# ^^^^^ it
  # last: stays.
  last = final.stable.last;
}
`,
    `
final: prev: {
  # Of all systems.
  other = final.stable.other;

  # last: stays.
  last = final.stable.last;
}
`,
  ))

test("a comment that does not name it stays", () =>
  check(
    `
final: prev: {
  # Of all systems.
  hello = final.stable.hello;
# ^^^^^ it
}
`,
    `
final: prev: {
  # Of all systems.
}
`,
  ))

test("of several names that are inherited, one goes", () => {
  check(
    `
final: prev: { inherit (final.stable) one hello two; }
#                                         ^^^^^ it
`,
    `final: prev: { inherit (final.stable) one two; }`,
  )
  check(
    `
final: prev: {
  inherit (final.stable)
    # one: why
    one
    # hello: why
    hello
#   ^^^^^ it
    ;
}
`,
    `
final: prev: {
  inherit (final.stable)
    # one: why
    one
    ;
}
`,
  )
})

test("the only name that is inherited goes with the inherit", () =>
  check(
    `
final: prev: { a = 1; inherit (final.stable) hello; b = 2; }
#                                            ^^^^^ it
`,
    `final: prev: { a = 1; b = 2; }`,
  ))

test("nothing is offered where the text has changed", () =>
  check(
    `
final: prev: { helloo = final.stable.helloo; }
#              ^^^^^ it
`,
    undefined,
  ))
