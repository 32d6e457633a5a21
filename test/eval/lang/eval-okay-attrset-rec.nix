rec {
  a = b + 1;
  b = 1;
  c = { d = a; inherit b; };
  e.f = c.d;
  g = e.f;
}
