builtins.appendContext 1 2
