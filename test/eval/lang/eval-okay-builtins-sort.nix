with builtins;
[
  (sort lessThan [ 3 1 2 ])
  (sort (a: b: a > b) [ 3 1 2 ])
  (map (x: x.v) (sort (a: b: a.k < b.k) [ { k = 2; v = "a"; } { k = 1; v = "b"; } { k = 2; v = "c"; } { k = 1; v = "d"; } ]))
  (sort lessThan [ ])
  (sort lessThan [ "b" "a" "B" ])
]
