let
  counter = { base = 10; __functor = self: n: self.base + n; };
  curried = { __functor = self: { __functor = _: x: [ "inner" x ]; }; };
in
[ (counter 5) ((counter // { base = 1; }) 5) (map counter [ 1 2 ]) (curried 1) ]
