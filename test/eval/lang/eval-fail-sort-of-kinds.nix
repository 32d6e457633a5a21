# The string is compared with what stands before it by then.
builtins.sort builtins.lessThan [ 2 1 "x" ]
