# The names of a set are gone through in the order in which they were met.
builtins.deepSeq {
  zb = throw "b";
  za = throw "a";
} 1
