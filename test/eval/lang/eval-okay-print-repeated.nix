let
  s = { a = 1; };
  l = [ 1 2 3 ];
in
{ x = s; y = s; z = [ l l ]; e = [ { } [ ] ]; }
