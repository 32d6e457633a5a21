# `or` is a name wherever it is no fallback: of an attribute, of a variable, and of an argument.
let
  or = 3;
  set = { or = 1; a.or = 2; };
  apply = f: f 10;
in
[
  set.or
  set.a.or
  (set.b or 4)
  (set.b or set.or)
  (set.b.c or (set.a.b or 5))
  ((x: x) or)
  (set ? or)
  { inherit or; }
]
