(builtins.tryEval (derivation { name = "dep"; system = "s"; builder = "/b"; })) 1
