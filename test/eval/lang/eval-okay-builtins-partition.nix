with builtins;
[ (partition (x: x > 2) [ 1 3 2 4 ]) (groupBy (x: if x > 2 then "big" else "small") [ 1 3 2 4 ]) (groupBy (x: x) [ ]) ]
