# The sign of a NaN is kept, and arithmetic passes it on.
let
  inherit (builtins.fromTOML "plus = nan\nminus = -nan") plus minus;
  infinity = 1.0e308 * 10;
in
[
  plus
  minus
  (-plus)
  (plus + 1)
  (1 - minus)
  (infinity - infinity)
  (toString plus)
  (plus == plus)
  ([ plus ] == [ plus ])
]
