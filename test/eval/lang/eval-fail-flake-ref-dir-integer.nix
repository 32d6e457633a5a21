builtins.flakeRefToString { dir = 5; }
