with builtins;
[
  (attrNames { b = 1; a = 2; }) (attrValues { b = 1; a = 2; })
  (getAttr "a" { a = 1; }) (hasAttr "b" { a = 1; })
  (removeAttrs { a = 1; b = 2; c = 3; } [ "a" "c" "x" ])
  (intersectAttrs { a = 1; b = 1; } { b = 2; c = 2; })
  (catAttrs "a" [ { a = 1; } { b = 2; } { a = 3; } ])
  (listToAttrs [ { name = "x"; value = 1; } { name = "y"; value = 2; } { name = "x"; value = 3; } ])
  (mapAttrs (n: v: "${n}=${toString v}") { a = 1; b = 2; })
  (zipAttrsWith (n: vs: [ n vs ]) [ { a = 1; } { a = 2; b = 3; } ])
  (mapAttrs (n: v: throw "never") { } )
]
