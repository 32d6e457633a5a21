# Paths are absolute and canonical, whatever was written.
let
  here = toString ./.;
  rel = p: builtins.substring (builtins.stringLength here) 100 (toString p);
in
[ (rel ./a) (rel ./a/../b) (rel ./a/./b) (rel a/b) (rel (./a + "/b")) (rel (./a + "b")) (rel (./. + "/c")) /a/b /a/./b/../c /a/b-c/d_e.f+g (rel ./a-b_c.d+e) ]
