// Evaluates one file again and again, with everything forgotten in between, in a thread of its own: the memory is one for a thread.

import { parentPort } from "node:worker_threads"
import {
  CodeCache,
  type EvalIO,
  Evaluator,
  emptyMemory,
  type FileKind,
  heapMegabytes,
  noIO,
  printValue,
} from "../../server/src/eval/index.js"
import { allocate, mem } from "../../server/src/eval/values/heap.js"
import { shapeById } from "../../server/src/eval/values/shape.js"
import { collectGarbage } from "../../server/src/machine/garbage.js"

/** Everything that makes sets or looks names up: written, computed, joined, picked, of a folder, of a function's arguments. */
const text = `
let
  numbered = n: builtins.listToAttrs (builtins.genList (i: { name = "n\${toString (n * 100 + i)}"; value = i; }) 90);
  names = { b = 1; a.c = 2; } // { d = 3; };
  twice = builtins.foldl' (set: n: set // numbered n) { } [ 1 2 1 ];
in
[
  (names.a.c + names.d)
  (builtins.attrNames (builtins.removeAttrs names [ "d" ]))
  (builtins.length (builtins.attrValues twice))
  (twice.n205 or "none")
  (twice.n300 or "none")
  (builtins.functionArgs ({ x, y ? 1 }: x))
  (builtins.readDir ./.)
  (builtins.partition (n: n > 1) [ 1 2 3 ])
  (builtins.tryEval (throw "no"))
  (builtins.unsafeGetAttrPos "d" names)
  (builtins.mapAttrs (name: value: name) names)
  (builtins.intersectAttrs { a = 1; n101 = 2; } (twice // names) ? n101)
  (builtins.zipAttrsWith (name: values: builtins.length values) [ names { b = 2; e = 3; } ])
  (builtins.groupBy (n: "g\${toString n}") [ 1 2 1 ])
]
`

const entries: ReadonlyMap<string, FileKind> = new Map([
  ["file.nix", "regular"],
  ["folder", "directory"],
])

const io: EvalIO = {
  ...noIO,
  kindOf: path => (path === "/here" ? "directory" : path === "/here/file.nix" ? "regular" : undefined),
  readFile: () => text,
  readDir: () => entries,
}

const code = new CodeCache()

function evaluate(): string {
  const ev = new Evaluator({ io, code })
  return printValue(ev, ev.evaluateText("import /here/file.nix", "/here"), { force: true })
}

emptyMemory()
const before = { shapes: shapeById.length, megabytes: heapMegabytes() }
const values = Array.from({ length: 3 }, () => {
  const value = evaluate()
  emptyMemory()
  return value
})
const after = { shapes: shapeById.length, megabytes: heapMegabytes() }
const facts = { values, once: evaluate(), again: evaluate(), before, after }
emptyMemory()
parentPort?.postMessage({ ...facts, process: megabytesOfProcess() })

/** With nothing evaluated; with 200 MB of values; and after these are dropped, which V8 does in a thread of its own. */
function megabytesOfProcess(): number[] {
  const megabytes = () => process.memoryUsage().rss / 2 ** 20
  const count = (200 * 2 ** 20) / 4
  const empty = megabytes()
  const at = allocate(count)
  mem.fill(1, at, at + count)
  const full = megabytes()
  emptyMemory()
  collectGarbage()
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let waits = 0; waits < 100 && megabytes() > full - 150; waits++) Atomics.wait(clock, 0, 0, 50)
  return [empty, full, megabytes()]
}
