// Selections from a set that has been evaluated, where they are put off: what goes wrong in an attribute must be told of the
// selection, too, though what it gives could have been had at once.

import { code, type Expression, piece } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

/** Ways to put off what is `S`, and to ask for it later. */
const asked = [
  "(x: x) S",
  "(x: [ x ]) S",
  "(x: y: x) S 1",
  "({ x ? S }: x) { }",
  "({ x }: x) { x = S; }",
  "[ S S ]",
  "{ x = S; }.x",
  "let x = S; in x",
  "let x = S; in x.a or 1",
  "rec { x = S; y = x; }.y",
  "with { x = S; }; x",
  "with S; a",
  "builtins.length (map (x: x) S)",
  "builtins.head (builtins.filter (x: true) [ S ])",
  "builtins.deepSeq [ S ] 1",
  "builtins.seq 1 S",
  'builtins.addErrorContext "told" S',
  "[ S ] == [ S ]",
  "builtins.elemAt [ 1 S ] 1",
  "builtins.foldl' (x: y: y) 1 [ S ]",
  "toString [ S ]",
  '"${let x = S; in x}"',
  "builtins.toJSON { x = S; }",
  "{ inherit (S) a; }.a",
  "if S then 1 else 2",
  "assert S; 1",
  "S // { }",
  "S ++ [ ]",
  "(S) 1",
]

const selected = ["s.a", "s.b", "s.c.d", "s.c.nope", "s.a or 1", "s.nope or s.a", 's.${"a"}']

function lateSelection(g: Generator): Expression {
  const way = () => g.random.pick(asked).replaceAll("S", g.random.pick(selected))
  const value = () =>
    g.random.pick([() => g.any(), () => code`throw ${g.of("string")}`, () => code`${way()}`])()
  const set = piece`{ a = ${value()}; b = ${value()}; c.d = ${value()}; }`
  return code`let s = ${set}; in builtins.seq ${g.random.pick(["s", "s.c", "[ s ]"])} (${way()})`
}

export const lateSelections: readonly Weighted<Make>[] = [{ weight: 1, item: lateSelection }]
