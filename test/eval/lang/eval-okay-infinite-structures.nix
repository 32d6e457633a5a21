let
  nat = n: { head = n; tail = nat (n + 1); };
  take = n: s: if n == 0 then [ ] else [ s.head ] ++ take (n - 1) s.tail;
  x = { name = "x"; self = x; };
in
[ (take 5 (nat 10)) x.self.self.self.name ]
