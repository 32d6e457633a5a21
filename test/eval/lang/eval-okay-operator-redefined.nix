# `-`, `*`, `/` and `<` are calls of functions, which a program may bind anew.
let
  __sub = a: b: "sub";
  __lessThan = a: b: true;
in
[ (1 - 2) (5 < 3) (-1) ]
