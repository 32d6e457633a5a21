# A function equals nothing, not even itself; inside of one and the same list or set it does.
let
  f = x: x;
  s = { inherit f; };
in
[ (f == f) ([ f ] == [ f ]) ({ f = f; } == { f = f; }) (s == s) ((x: x) == (x: x)) ([ (x: x) ] == [ (x: x) ]) (map == map) ]
