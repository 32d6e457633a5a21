// In which order builtins ask for their arguments, and that they ask for none beyond one that they refuse: `trace` tells. The letters
// are those that Nix 2.34.8 prints.

import assert from "node:assert/strict"
import { test } from "mocha"
import { EvalError, Evaluator, noIO } from "../../server/src/eval/index.js"

/** The letters that an expression traces, where `a EXPR` traces `a` and gives EXPR. It may fail. */
function traced(expression: string): string {
  const letters: string[] = []
  const ev = new Evaluator({ io: { ...noIO, trace: text => letters.push(text.replace("trace: ", "")) } })
  const tracers = ["a", "b", "c"].map(letter => `${letter} = builtins.trace "${letter}";`).join(" ")
  try {
    ev.evaluateText(`let ${tracers} in ${expression}`, "/")
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
  }
  return letters.join("")
}

const asked: Readonly<Record<string, string>> = {
  // The second of these is asked for first.
  "builtins.elemAt (a [ 1 ]) (b 0)": "ba",
  "builtins.elemAt (a [ 1 ]) (b null)": "b",
  "builtins.filter (a (x: true)) (b [ 1 ])": "ba",
  "builtins.sub (a 1) (b 1)": "ab",
  'builtins.sub (a "") (b 1)': "ab",
  "builtins.lessThan (a { }) (b 1)": "ab",
  "builtins.bitAnd (a { }) (b 1)": "a",
  "builtins.intersectAttrs (a 1) (b { })": "a",
  "builtins.removeAttrs (a 1) (b [ ])": "a",
  "builtins.hasAttr (a 1) (b { })": "a",
  "builtins.getAttr (a 1) (b { })": "a",
  "builtins.catAttrs (a 1) (b [ ])": "a",
  "builtins.any (a 1) (b [ ])": "a",
  "builtins.concatMap (a 1) (b [ ])": "a",
  "builtins.partition (a 1) (b [ ])": "a",
  "builtins.groupBy (a 1) (b [ ])": "a",
  "builtins.zipAttrsWith (a 1) (b [ ])": "a",
  "builtins.concatStringsSep (a 1) (b [ ])": "a",
  "builtins.compareVersions (a 1) (b 1)": "a",
  "builtins.appendContext (a 1) (b { })": "a",
  // Not only of the wrong type.
  'builtins.match (a "(") (b "")': "a",
  'builtins.split (a "(") (b "")': "a",
  'builtins.hashString (a "sha0") (b "")': "a",
  'builtins.replaceStrings (a [ ]) (b [ ]) (c "")': "abc",
}

for (const [expression, letters] of Object.entries(asked))
  test(`${expression} asks for ${[...letters].join(", then ")}`, () =>
    assert.equal(traced(expression), letters))

// The name is looked up only when the set is there, which may be where the program first meets it.
const late: readonly string[] = [
  `builtins.hasAttr ("met" + "1") (builtins.fromJSON ''{ "met1": true }'')`,
  `builtins.getAttr ("met" + "2") (builtins.fromJSON ''{ "met2": true }'')`,
  `(s: n: builtins.hasAttr n s) (builtins.fromJSON ''{ "met3": true }'') ("met" + "3")`,
  `builtins.unsafeGetAttrPos ("met" + "4") (builtins.fromJSON ''{ "met4": true }'') == null`,
  `(builtins.fromJSON ''{ "met5": true }'') ? \${"met" + "5"}`,
  `(builtins.fromJSON ''{ "met6": true }'').\${"met" + "6"}`,
  `builtins.removeAttrs (builtins.fromJSON ''{ "met7": true }'') [ ("met" + "7") ] == { }`,
  `builtins.catAttrs ("met" + "8") [ (builtins.fromJSON ''{ "met8": true }'') ] == [ true ]`,
]

for (const expression of late)
  test(`${expression} is true`, () =>
    assert.equal(new Evaluator({ io: noIO }).evaluateText(expression, "/"), true))
