let d = "${derivation { name = "x"; builder = "b"; system = "s"; }}"; in map builtins.hasContext (builtins.filter builtins.isString (builtins.split "(^/|-x$)" d))
