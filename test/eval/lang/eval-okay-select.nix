let
  s = { a.b.c = 1; "x y" = 2; f = n: { r = n; }; l = [ { z = 5; } ]; };
in
[ s.a.b.c s."x y" (s.f 3).r (builtins.head s.l).z s.a.b or 9 ]
