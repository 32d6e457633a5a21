// A program that does everything once, run before any other.
//
// V8 makes machine code of what it has seen a function do, and throws the code away when the function does something new. `run` is
// one large function: each kind of expression that came late cost a whole compilation of it (11 for a NixOS system; 3 since).

import { emit, newSet, ops, scratch } from "../code/code.js"
import { Op } from "../code/op.js"
import { Evaluator } from "../evaluator.js"
import { noIO } from "../io.js"
import { newFrame } from "../values/heap.js"
import { delayNative } from "./force.js"
import { run } from "./run.js"

/**
 * Runs each kind of expression once. To be called in a thread before anything is evaluated there; leaves no code and no name
 * behind, and takes some 10 ms, most of it for what is compiled sooner or later anyway.
 */
export function rehearse(): void {
  const ev = new Evaluator({ io: noIO })
  scratch(() => {
    ev.evaluateText(program, "/")
    const configuration = newSet(Op.ConfigurationAttrs, 0, 2)
    ops.fill(0, configuration + 3, configuration + 5)
    run(ev, configuration, newFrame(0, 1))
    run(ev, emit(Op.PackageSet, 0, emit(Op.EmptyAttrs, 0), 0), newFrame(0, 1))
    ev.force(delayNative(ev, () => null))
  })
}

/** Its names are those that Nix knows from its start: others would count as met first, and Nix's errors go by that order. */
const program = `
let
  meta = { value = 1; type = { value = 2; }; };
  name = value: type: if type == value then -value else [ value type ] ++ [ ];
  key = { value ? 1, type, ... }@args: rec { inherit (args) type; path = value; } // { inherit (args) type; \${"value"} = 2; };
  body = value: type: file: let path = value; prefix = line: (args: { inherit value type path line args; }) 2; in prefix;
  self = { __functor = self: name self; };
in
builtins.deepSeq [
  (name 1 2) (name 1 1) (map (name 1) [ 2 ]) (self 1) (map ({ value }: value) [ { value = 1; } ])
  (key { type = 1; }) (key meta) (body 1 2 3 4).args
  meta.value meta.type.value (meta.type.value or 1) (meta.name or 1) (meta.\${"value"}) (meta ? type.value) (meta ? "\${"name"}")
  (with meta; [ value (with { }; type) ])
  (assert true; "a\${"b"}c\${builtins.toString meta.value}") (/a + "/b") /a/\${"b"} __curPos
  (!true) (true && false) (false || true) (false -> true)
  (1 == 2) (1 != 2) (1 == 1.0) (1.0 == 2.0) ("a" == "b") (null == 1) (true == false) (/a == /b) ([ 1 ] == [ 2 ]) (meta == { })
  (1 < 2) (1 <= 2) (1 > 2) (1 >= 2) ("a" < "b") (1.5 < 2)
  (1 + 2) (1.5 + 2) ("a" + "b") (1 - 2) (1 * 2) (4 / 2) (1.5 - 2)
  null { } [ ] (builtins.foldl' (value: type: value + type) 0 [ 1 2 ]) (builtins.substring 0 1 "ab") (builtins.seq 1 2)
  (builtins.getAttr "value" meta) (builtins.mapAttrs (name: value: name) meta)
] null
`
