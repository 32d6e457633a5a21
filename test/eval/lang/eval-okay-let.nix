let
  b = a + 1;
  a = 1;
  f = n: if n == 0 then 1 else n * f (n - 1);
in
[ a b (f 10) (let a = 2; in a) (let a = 3; in let b = a; in b) ]
