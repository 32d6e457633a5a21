with builtins;
[ (seq 1 2) (seq { a = throw "never"; } 3) (deepSeq [ 1 { a = 2; } ] 4) (tryEval (seq (throw "x") 1)).success (let x = { self = x; }; in deepSeq x 5) ]
