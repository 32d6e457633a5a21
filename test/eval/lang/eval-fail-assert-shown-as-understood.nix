let a.b = 1; in
assert a.b   >   -1 && ! (a ? c.d) || [ ] == [ 1 ] -> false;
1
