// An evaluation that ends before its value is there leaves nothing behind, wherever it was: in the function that a builtin calls
// back, in a sort, halfway through a text, a derivation or an import. The same values, asked again, are those of a fresh evaluator.

import assert from "node:assert/strict"
import { CancelFlag, Cancelled } from "../../server/src/base/index.js"
import {
  EvalError,
  type EvalIO,
  Evaluator,
  type LanguageSettings,
  noIO,
  printValue,
  withinLimits,
} from "../../server/src/eval/index.js"

/** Expressions around `X`, an integer that takes many calls to compute. */
const places: Readonly<Record<string, string>> = {
  "a map": "map (i: i + X) [ 1 2 ]",
  "a filter": "builtins.filter (i: i < X) [ 1 999 2 ]",
  "a sort": "builtins.sort (a: b: a + X < b + X) [ 3 1 2 1 ]",
  "a long sort": "builtins.sort (a: b: a + X < b + X) (builtins.genList (i: 40 - i) 40)",
  "a fold": "builtins.foldl' (a: b: a + b + X) 0 [ 1 2 ]",
  "a closure":
    "builtins.genericClosure { startSet = [ { key = 1; } ]; operator = e: if e.key < X then [ { key = e.key + 150; } ] else [ ]; }",
  "the key of a closure":
    "map (e: e.key) (builtins.genericClosure { startSet = [ { key = X; } { key = 1; } ]; operator = e: [ ]; })",
  "a generated list": "builtins.genList (i: i * X) 3",
  "a joined list": "builtins.concatMap (i: [ i X ]) [ 1 2 ]",
  "a partition": "builtins.partition (i: i < X) [ 1 999 ]",
  groups: "builtins.groupBy (i: toString (i + X)) [ 1 2 1 ]",
  any: "builtins.any (i: i == X) [ 1 300 ]",
  all: "builtins.all (i: i < X) [ 1 300 ]",
  "mapped attributes": "builtins.mapAttrs (n: v: v + X) { a = 1; b = 2; }",
  "zipped attributes":
    "builtins.zipAttrsWith (n: vs: builtins.length vs + X) [ { a = 1; } { a = 2; b = 3; } ]",
  "the sets that are zipped":
    "builtins.zipAttrsWith (n: vs: vs) [ { a = 1; } (if X > 1 then { a = 2; b = 3; } else { }) ]",
  "attributes of a list":
    'builtins.listToAttrs [ { name = "a"; value = 1; } { name = toString X; value = X; } ]',
  "a computed name": "{ a = 1; ${toString X} = 2; }",
  "a selection": "{ a.b = X; }.a.b or 1",
  "a computed selection": '{ "300" = 7; }.${toString X}',
  with: "with { y = X; }; y + y",
  "an assertion": "assert X == 300; X",
  "a default": "({ a ? X, b ? a + X }: [ a b ]) { }",
  "a functor": "{ __functor = self: y: y + X; } 1",
  "an update": "{ a = 1; } // (if X > 1 then { b = X; } else { })",
  "an equality": "{ a = [ 1 X ]; } == { a = [ 1 X ]; }",
  "a comparison": "[ 1 X ] < [ 1 (X + 1) ]",
  "a string": '"a${toString X}b${toString (X + 1)}"',
  "a set's own text": '"${{ __toString = self: toString X; }}"',
  "a path": "toString (/a + toString X)",
  "joined strings": 'builtins.concatStringsSep (toString X) [ "a" (toString X) ]',
  "replaced strings": 'builtins.replaceStrings [ "a" "b" ] [ (toString X) "c" ] "abba"',
  "a match": 'builtins.match "(3)(.*)" (toString X)',
  JSON: "builtins.toJSON { a = X; b = [ X { c = X; } ]; }",
  XML: "builtins.toXML { a = X; b = [ X ]; }",
  "a derivation":
    '(derivation { name = "x"; system = "s"; builder = toString X; args = [ (toString X) ]; }).drvPath',
  "a structured derivation":
    '(derivation { name = "x"; system = "s"; builder = "b"; __structuredAttrs = true; y = [ X { z = X; } ]; }).outPath',
  "an import": "import /number.nix + X",
  "an import with a scope": "scopedImport { n = X; } /scoped.nix",
  "a search path":
    '__findFile [ { prefix = "a"; path = "/${toString X}"; } { prefix = "n"; path = "/"; } ] "n/number.nix"',
  "a filtered folder": '"${builtins.filterSource (p: t: X == 300) /folder}"',
  "a deep evaluation": "builtins.deepSeq { a = [ X ]; } X",
  "an attempt": "builtins.tryEval (X + 1)",
  "an explanation": 'builtins.addErrorContext "while here" X',
  "a trace": "builtins.trace (toString X) X",
  "a pipe of calls": "(x: y: { a = x; b = y; }) X (X + 1)",
}

const io: EvalIO = {
  ...noIO,
  kindOf: path =>
    path === "/folder" || path === "/"
      ? "directory"
      : /^\/(folder\/)?[a-z]+(\.nix)?$/.test(path)
        ? "regular"
        : undefined,
  readDir: () => new Map([["a", "regular"]]),
  readFile: path => (path === "/scoped.nix" ? "n + 1" : "41 + 1"),
  readBytes: () => Buffer.from("text"),
}

/** Counts to 300 by so many calls. */
const counting = "let sum = n: if n == 0 then 0 else 1 + sum (n - 1); in"

function programOf(place: string): string {
  const value = place.replace(/\bX\b/g, "(sum 300)")
  return `${counting} rec { x = ${value}; within = n: if n == 0 then builtins.deepSeq x 0 else 1 + within (n - 1); deep = within 450; }`
}

function evaluator(settings: { cancel?: CancelFlag; language?: LanguageSettings } = {}): Evaluator {
  return new Evaluator({ io, ...settings })
}

/** How asking for an attribute of a program's set ends. */
function asked(ev: Evaluator, set: ReturnType<Evaluator["attrs"]>, name: "x" | "deep"): string {
  const [x, , deep] = set.values
  const place = name === "x" ? x : deep
  try {
    return withinLimits(() => printValue(ev, ev.force(place), { force: true }))
  } catch (error) {
    if (error instanceof Cancelled) return "cancelled"
    if (error instanceof EvalError) return error.code
    throw error
  } finally {
    assert.equal(ev.depth, DEPTH.get(ev) ?? 0)
  }
}

/** Where the counter of calls stands when nothing is being called, for those with a limit of their own. */
const DEPTH = new WeakMap<Evaluator, number>()

describe("what was interrupted in", () => {
  for (const [name, place] of Object.entries(places)) {
    const program = programOf(place)
    const fresh = evaluator()
    const wanted = asked(fresh, fresh.attrs(fresh.evaluateText(program, "/")), "x")

    it(`${name} by a cancel is there for the next who asks`, () => {
      assert.notEqual(wanted, "cancelled")
      const cancel = new CancelFlag()
      const ev = evaluator({ cancel })
      const set = ev.attrs(ev.evaluateText(program, "/"))
      cancel.raise()
      // One flag is looked at once in so many calls, so the first questions may still be answered.
      const ends = Array.from({ length: 3 }, () => asked(ev, set, "deep"))
      assert.ok(
        ends.every(end => end === "cancelled" || end === "450"),
        ends.join(),
      )
      cancel.lower()
      assert.equal(asked(ev, set, "x"), wanted)
      assert.equal(asked(ev, set, "deep"), "450")
    })

    it(`${name} by too many calls is there for who asks with fewer`, () => {
      const ev = evaluator({ language: { maxCallDepth: 600 } })
      DEPTH.set(ev, ev.depth)
      const set = ev.attrs(ev.evaluateText(program, "/"))
      assert.equal(asked(ev, set, "deep"), "stack-overflow")
      assert.equal(asked(ev, set, "x"), wanted)
      assert.equal(asked(ev, set, "deep"), "450")
    })

    it(`${name} by the end of the stack does not change what comes after`, () => {
      const ev = evaluator()
      const endless = program.replaceAll("sum 300", "sum 9000000")
      assert.equal(asked(ev, ev.attrs(ev.evaluateText(endless, "/")), "x"), "stack-overflow")
      assert.equal(asked(ev, ev.attrs(ev.evaluateText(program, "/")), "x"), wanted)
    })

    it(`${name} by a loop does not change what comes after`, () => {
      const ev = evaluator()
      const looping = program.replaceAll("sum 300", "let y = y + 1; in y")
      const set = ev.attrs(ev.evaluateText(looping, "/"))
      const first = asked(ev, set, "x")
      assert.match(first, /infinite[- ]recursion/)
      assert.equal(asked(ev, set, "x"), first)
      assert.equal(asked(ev, ev.attrs(ev.evaluateText(program, "/")), "x"), wanted)
    })
  }
})
