let
  xs = [ 1 (throw "never") 3 ];
  s = { a = 1; b = throw "never"; };
  ones = [ 1 ] ++ map (x: x) xs;
in
[ (builtins.length xs) (builtins.elemAt xs 2) s.a (builtins.attrNames s) (builtins.length ones) (builtins.head ones) ]
