builtins.tryEval (abort "still")
