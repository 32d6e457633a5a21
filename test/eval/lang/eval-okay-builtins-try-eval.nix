with builtins;
[
  (tryEval 1) (tryEval (throw "x")) (tryEval (assert false; 1)) (tryEval { a = throw "inside"; }).success
  (tryEval (deepSeq { a = throw "inside"; } 1)) (tryEval (tryEval (throw "x")).value)
  (let x = throw "again"; in [ (tryEval x).success (tryEval x).success ])
]
