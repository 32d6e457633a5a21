let
  inc = builtins.add 1;
  named = builtins.replaceStrings [ "a" ];
in
[ (inc 2) (map inc [ 1 2 ]) (named [ "b" ] "aa") (builtins.isFunction inc) ]
