let
  s = { a = 1; b.c = 2; "d e" = 3; };
in
{ inherit (s) a b "d e"; inherit (s.b) c; }
