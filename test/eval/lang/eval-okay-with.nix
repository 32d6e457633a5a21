let
  s = { a = 1; b = 2; };
  a = "let";
in
# What is bound by name beats every `with`, and an inner `with` beats an outer one.
[ (with s; a) (with s; b) (with { b = "outer"; }; with s; b) (with s; with { }; b) (with { true = 3; }; true) (with s; { inherit b; }) ]
