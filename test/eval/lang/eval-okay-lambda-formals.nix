let
  f = { a, b ? a + 1, c ? b + 1 }: [ a b c ];
  g = { a ? 1, ... }@args: [ a args ];
  h = args@{ a, ... }: args // { got = a; };
in
[ (f { a = 1; }) (f { a = 1; b = 5; }) (f { a = 1; c = 0; }) (g { }) (g { a = 2; z = 3; }) (h { a = 1; q = 2; }) ({ }: 1) { } ]
