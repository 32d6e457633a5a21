# A function equals itself only inside of something that is compared, and only reached by the same way.
let
  f = x: x;
  set = { inherit f; };
in
[
  (f == f)
  (set == set)
  (set.f == set.f)
  ([ f ] == [ f ])
  ([ (x: x) ] == [ (x: x) ])
  ({ a = f; } == { a = f; })
  (builtins.elem f [ f ])
  (builtins.map == builtins.map)
]
