# `removeAttrs` and `intersectAttrs` make sets of their own, also where they leave nothing out.
let
  set = { a = 1; };
in
[
  (removeAttrs set [ ])
  set
  (builtins.intersectAttrs set set)
  set
]
