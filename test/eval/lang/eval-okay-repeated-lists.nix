rec {
  b = a;
  a = [ 1 ];
  c = let l = [ 2 ]; in [ l l (map (x: x) [ l l ]) ];
  # Evaluated when the first of them is printed, and named once more by the others.
  d = let f = x: y: [ x ]; in map (f (f (f 1 2) 3)) [ 1 2 3 ];
}
