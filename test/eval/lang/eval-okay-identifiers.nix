let
  a' = 1;
  _b = 2;
  c-d = 3;
  e1 = 4;
  or_ = 5;
in
[ a' _b c-d e1 or_ ]
