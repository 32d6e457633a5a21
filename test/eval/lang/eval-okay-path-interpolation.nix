let
  here = toString ./.;
  rel = p: builtins.substring (builtins.stringLength here) 100 (toString p);
  x = "x";
in
[ (rel ./${x}) (rel ./a/${x}/b) (rel ./a${x}b) (rel ./${x}.nix) /a/${x} (builtins.typeOf ./${x}) ]
