# Of `a // b`, and of `a ++ b`, it shows which side is evaluated first when both fail.
[
  (builtins.tryEval ((throw "left") // (throw "right"))).success
  ({ a = 1; b = 2; } // { b = 3; })
  ({ a = throw "not looked at"; } // { a = 1; }).a
]
