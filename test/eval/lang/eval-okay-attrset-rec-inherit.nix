let
  a = "outer";
in
rec { inherit a; b = a; inherit (c) d; c = { d = b; }; e = d; }
