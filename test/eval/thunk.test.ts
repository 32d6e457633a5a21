// What holds for a thunk whatever happens while it runs: it leaves the blackhole, and keeps only what the program did.

import assert from "node:assert/strict"
import { test } from "mocha"
import { CancelFlag, Cancelled } from "../../server/src/base/index.js"
import {
  EvalError,
  type EvalIO,
  Evaluator,
  noIO,
  printValue,
  withinLimits,
} from "../../server/src/eval/index.js"

function evaluator(io: Partial<EvalIO> = {}, cancel?: CancelFlag): Evaluator {
  return new Evaluator({ io: { ...noIO, ...io }, ...(cancel === undefined ? {} : { cancel }) })
}

function show(ev: Evaluator, text: string): string {
  return printValue(ev, ev.evaluateText(text, "/"), { force: true })
}

function failure(run: () => unknown): EvalError {
  try {
    run()
  } catch (error) {
    if (error instanceof EvalError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

test("a thunk that threw can be asked again, and says the same", () => {
  const ev = evaluator()
  const text = `let x = throw "no"; in [ (builtins.tryEval x).success (builtins.tryEval x).success ]`
  assert.equal(show(ev, text), "[ false false ]")
})

test("a thunk that failed once is not run again", () => {
  const traced: string[] = []
  const ev = evaluator({ trace: line => traced.push(line) })
  show(ev, `let x = builtins.trace "ran" (throw "no"); in [ (builtins.tryEval x) (builtins.tryEval x) ]`)
  assert.deepEqual(traced, ["trace: ran"])
})

test("a loop is found, and what it went through can still be asked for other things", () => {
  const ev = evaluator()
  const set = ev.attrs(ev.evaluateText("rec { a = b; b = a; c = 1; }", "/"))
  const [a, , c] = set.values
  assert.equal(failure(() => ev.force(a)).code, "infinite-recursion")
  assert.equal(failure(() => ev.force(a)).code, "infinite-recursion")
  assert.equal(ev.force(c), 1)
})

test("a loop that only one way in enters is not remembered for the other", () => {
  const ev = evaluator()
  // From `a` the way leads back to `a`; asked for `b` first, there is no loop at all.
  const text = "let s = { a = if s.flag then s.b else 1; flag = true; b = s.c or 2; }; in s"
  const set = ev.attrs(ev.evaluateText(text, "/"))
  assert.equal(ev.force(set.values[0]), 2)
})

test("cancelling stops at a call, is not remembered, and the next asker gets the value", () => {
  const cancel = new CancelFlag()
  const ev = evaluator({}, cancel)
  const text =
    "let sum = n: if n == 0 then 0 else 1 + sum (n - 1); f = i: sum 500; in { x = builtins.foldl' (a: i: a + f i) 0 (builtins.genList (i: i) 40); }"
  const set = ev.attrs(ev.evaluateText(text, "/"))
  cancel.raise()
  assert.throws(() => ev.force(set.values[0]), Cancelled)
  cancel.lower()
  assert.equal(ev.depth, 0)
  assert.equal(ev.force(set.values[0]), 20_000)
})

test("an evaluator needs nothing but the language", () => {
  assert.equal(new Evaluator({ io: noIO }).evaluateText("1 + 1", "/"), 2)
})

test("a lenient file runs up to its mistakes and tells them", () => {
  const io: Partial<EvalIO> = {
    kindOf: () => "regular",
    readFile: () => "{ a = 1; b = nowhere; c = { d = 2; }; }",
  }
  const strict = evaluator(io)
  assert.equal(failure(() => strict.import("/x.nix")).code, "undefined-variable")
  const ev = new Evaluator({ io: { ...noIO, ...io }, lenient: () => true })
  assert.equal(show(ev, "(import /x.nix).a + (import /x.nix).c.d"), "3")
  assert.equal(failure(() => show(ev, "(import /x.nix).b + 1")).code, "undefined-variable")
  assert.deepEqual([...ev.faultyFiles.keys()], ["/x.nix"])
})

test("what ends an evaluation is told apart, and the next one in the same thread is right", () => {
  const cancel = new CancelFlag()
  const ev = evaluator({}, cancel)
  const endOf = (text: string): string => {
    try {
      withinLimits(() => ev.evaluateText(text, "/"))
    } catch (error) {
      if (error instanceof Cancelled) return "cancelled"
      if (error instanceof EvalError) return error.code
      throw error
    }
    return "none"
  }
  const sum = "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f"
  const check = (text: string, wanted: string) => {
    assert.equal(endOf(text), wanted)
    cancel.lower()
    assert.equal(ev.depth, 0)
    assert.equal(ev.evaluateText(`${sum} 100`, "/"), 100)
  }
  check("let x = x; in x", "infinite-recursion")
  check(`${sum} 20000`, "stack-overflow")
  // Without a call there is nothing to count: this one exhausts the stack of the machine.
  check(
    "(builtins.foldl' (a: i: { v = a.v + 1; }) { v = 0; } (builtins.genList (i: i) 300000)).v",
    "stack-overflow",
  )
  check("builtins.genList (i: i) 1200000000", "out-of-memory")
  check("builtins.genList (i: i) 9223372036854775807", "out-of-memory")
  cancel.raise()
  check(`builtins.deepSeq (builtins.genList (i: ${sum} 500) 40) 1`, "cancelled")
})
