let
  here = toString ./.;
  rel = p: builtins.substring (builtins.stringLength here) 100 (toString p);
in
[ (builtins.typeOf (./a + "b")) (builtins.typeOf ("a" + "b")) (rel (./a + /b)) (baseNameOf ./a/b.nix) (baseNameOf "x/y/") (dirOf "x/y") (dirOf "y") (dirOf /a/b) (dirOf "/") ]
