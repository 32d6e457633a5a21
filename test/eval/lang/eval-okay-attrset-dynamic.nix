let
  name = "x";
  s = { ${name} = 1; "${name}y" = 2; ${null} = throw "never"; ${if false then "z" else null} = 3; "p${name}"."q" = 4; };
in
[ s s.${name} s."${name}y" (s ? ${name}) (s ? "no${name}") s."px".q (s.${"none"} or "default") ]
