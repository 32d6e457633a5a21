let
  here = __curPos;
  at = builtins.unsafeGetAttrPos "x" { a = 1;
    x = 2; };
in
[ here.line here.column (baseNameOf here.file) at.line at.column (builtins.unsafeGetAttrPos "y" { }) ]
