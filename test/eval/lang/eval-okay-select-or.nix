let
  s = { a.b = 1; n = null; };
in
[ (s.a.b or 2) (s.a.c or 2) (s.x.y.z or 3) (s.n.x or 4) (1 .a or 5) ([ s.q or "list" ]) (s.a.c or s.a.d or 6) (builtins.add (s.z or 1) 2) ]
