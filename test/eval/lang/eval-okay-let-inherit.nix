let
  inherit (s) a b;
  inherit ({ c = 3; }) c;
  s = { a = 1; b = 2; };
in
{ inherit a b c; inherit (s) ; d = let inherit s; in s.a; }
