rec {
  b = a;
  a = [ 1 ];
  c = let l = [ 2 ]; in [ l l (map (x: x) [ l l ]) ];
}
