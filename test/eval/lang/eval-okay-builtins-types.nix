map builtins.typeOf [ 1 1.5 "s" ./p null true [ ] { } (x: x) builtins.add (builtins.add 1) { __functor = s: x: x; } ]
