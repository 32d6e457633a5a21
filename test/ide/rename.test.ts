// The quick fix of an option that does not exist: where it edits the text, and what it writes there.

import assert from "node:assert/strict"
import { test } from "mocha"
import { renameActions } from "../../server/src/ide/index.js"
import { fixture } from "../harness/fixture.js"

/** What the labelled text becomes by each action. */
function check(source: string, from: string, to: readonly string[], expected: readonly string[]): void {
  const { text, labels } = fixture(source).main
  const edited = renameActions(text, labels[0], { kind: "rename", from, to }).map(
    ({ title, range, name }) =>
      `${title}: ${(text.slice(0, range.start) + name + text.slice(range.end)).trim()}`,
  )
  assert.deepEqual(edited, expected)
}

test("a misspelled name is changed to each of those that may have been meant, and nothing else is", () =>
  check(
    `
{ networking.hostNme = "hostNme"; }
# ^^^^^^^^^^^^^^^^^^ it
`,
    "hostNme",
    ["hostName", "hostId"],
    [
      `Change to 'hostName': { networking.hostName = "hostNme"; }`,
      `Change to 'hostId': { networking.hostId = "hostNme"; }`,
    ],
  ))

test("a name that has to be quoted in an attrpath is", () =>
  check(
    `
{ sub.wbe = 1; }
# ^^^^^^^ it
`,
    "wbe",
    ["web.1"],
    [`Change to 'web.1': { sub."web.1" = 1; }`],
  ))

test("nothing is changed where the name is not, or is twice", () => {
  check(
    `
{ a.a = 1; }
# ^^^ it
`,
    "a",
    ["b"],
    [],
  )
  check(
    `
{ \${name} = 1; }
# ^^^^^^^ it
`,
    "prot",
    ["port"],
    [],
  )
})
