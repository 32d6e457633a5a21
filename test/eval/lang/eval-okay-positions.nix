# Every attribute of a path is where the path begins; an inherited name is where it stands.
let
  name = "dynamic";
  set = {
    plain = 1;
    a.b.c = 2;
    inherit name;
    ${name} = 3;
  };
  column = attr: set: (builtins.unsafeGetAttrPos attr set).column;
in
[
  (column "plain" set)
  (column "a" set)
  (column "b" set.a)
  (column "c" set.a.b)
  (column "name" set)
  (column "dynamic" set)
  (builtins.unsafeGetAttrPos "none" set)
  (column "x" (set // { x = 1; }))
  __curPos.column
]
