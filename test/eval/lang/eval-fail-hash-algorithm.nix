builtins.hashString "rot13" "x"
