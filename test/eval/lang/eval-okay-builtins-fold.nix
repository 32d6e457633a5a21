with builtins;
[ (foldl' (a: x: a - x) 10 [ 1 2 3 ]) (foldl' (a: x: [ x ] ++ a) [ ] [ 1 2 3 ]) (foldl' (_: x: x) (throw "never") [ 1 ]) ]
