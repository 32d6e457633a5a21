[ ([ 1 ] ++ [ 2 3 ]) ([ ] ++ [ ]) ([ 1 ] ++ [ ] ++ [ 2 ]) (builtins.length ([ (throw "never") ] ++ [ (throw "never") ])) ]
