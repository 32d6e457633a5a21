# `x` is a name in Nix's own text of `derivation`, which it reads before any other.
builtins.deepSeq {
  b = throw "b";
  x = throw "x";
} 1
