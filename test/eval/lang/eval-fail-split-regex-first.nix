builtins.split "(" 1
