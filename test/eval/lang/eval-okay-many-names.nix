let
  names = count: builtins.genList (i: "n${toString i}") count;
  setOf = count: value: builtins.listToAttrs (map (name: { inherit name value; }) (names count));
  zipped = builtins.zipAttrsWith (_: builtins.length) [ (setOf 3000 1) (setOf 2000 2) ];
in
[
  (removeAttrs (setOf 42 1) (names 40))
  (removeAttrs (setOf 40 1) (names 40))
  (removeAttrs { a = 1; b = 2; } [ "b" "b" "nowhere" ])
  (removeAttrs { a = 1; } [ "a" ])
  (builtins.length (builtins.attrNames zipped))
  zipped.n1999
  zipped.n2000
]
