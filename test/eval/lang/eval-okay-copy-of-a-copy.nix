# A copy under the name of the first one is the first one, and can still be read.
let
  copy = name: path: builtins.path { inherit name path; };
  a = copy "n" ./eval-okay-copy-of-a-copy.nix;
  b = copy "n" a;
  c = copy "m" b;
  d = copy "n" c;
in
[
  (a == b)
  (a == d)
  (a == c)
  (builtins.pathExists d)
  (builtins.readFile d == builtins.readFile ./eval-okay-copy-of-a-copy.nix)
]
