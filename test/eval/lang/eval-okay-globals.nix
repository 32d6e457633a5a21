# Names that need no `builtins.`.
[ (map (x: x) [ 1 ]) (toString 1) (removeAttrs { a = 1; } [ "a" ]) (isNull null) (baseNameOf "a/b") (__length [ 1 ]) true null (builtins.builtins ? builtins) ]
