with builtins;
[
  (head [ 1 2 ]) (tail [ 1 2 3 ]) (length [ 1 2 ]) (elemAt [ 1 2 3 ] 1) (elem 2 [ 1 2 ]) (elem 5 [ ])
  (filter (x: x > 1) [ 1 2 3 ]) (map (x: x * x) [ 1 2 3 ]) (concatLists [ [ 1 ] [ ] [ 2 3 ] ])
  (concatMap (x: [ x (x * 10) ]) [ 1 2 ]) (genList (x: x * 2) 4) (genList (x: x) 0)
  (any (x: x == 2) [ 1 2 ]) (all (x: x > 0) [ ]) (any (x: true) [ ])
]
