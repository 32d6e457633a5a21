let
  s = { a.b = 1; n = null; t = throw "never"; };
in
[ (s ? a) (s ? a.b) (s ? a.c) (s ? a.b.c) (s ? n.x) (1 ? a) (s ? t) (s ? "a") (!s ? z) (s ? a && s ? b) ]
