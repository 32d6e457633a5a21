let
  f = a: (b: (c: a));
in
[
  (f 1)
  (f 1 2)
  (x: (y: x))
]
