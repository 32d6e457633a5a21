# The name of a function is quoted where it is no identifier, its place is in the file.
builtins.stringLength { "1x" = x: x; }."1x"
