let
  inherit (builtins) length;
  set = {
    inherit length;
  };
in
[
  ({ inherit (builtins) length; } == { inherit (builtins) length; })
  ({ inherit length; } == { inherit length; })
  (set == set)
  ([ builtins.length ] == [ builtins.length ])
  ([ set.length ] == [ set.length ])
  ((x: [ x ] == [ x ]) builtins.length)
]
