# All names are read before a value is missed.
builtins.listToAttrs [ { name = "a"; } 1 ]
