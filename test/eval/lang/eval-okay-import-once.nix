# The same file is the same value.
let
  a = import ./lib.inc;
  b = import ./lib.inc;
in
[ (a == b) ]
