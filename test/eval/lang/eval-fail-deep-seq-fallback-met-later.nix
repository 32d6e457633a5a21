builtins.deepSeq ({ }.first2 or {
  second2 = throw "second";
  first2 = throw "first";
}) 1
