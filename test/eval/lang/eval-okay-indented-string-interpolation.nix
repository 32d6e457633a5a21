let
  x = "X\n  Y";
in
''
  ${x}
    in ${x} out
  ${"a"}${"b"}
 less
''
