let
  x = "outer";
in
[ x (let x = "inner"; in x) ((x: x) "argument") (rec { x = "set"; y = x; }).y (with { x = "with"; }; x) ]
