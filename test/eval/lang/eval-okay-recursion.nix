let
  even = n: n == 0 || odd (n - 1);
  odd = n: n != 0 && even (n - 1);
  fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
in
[ (even 100) (odd 100) (fib 15) ]
