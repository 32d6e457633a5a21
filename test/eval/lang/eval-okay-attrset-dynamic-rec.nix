# Dynamic names are no variables.
let
  a = "around";
in
rec { ${"a"} = 1; b = a; c = 2; ${"d"} = c; }
