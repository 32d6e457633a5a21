let
  isBig = 1 > 2;
in
assert isBig;
"big"
