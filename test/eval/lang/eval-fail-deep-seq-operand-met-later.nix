builtins.deepSeq ({ c = s: s.first5 > s.second5; a = 1; }).a (
  builtins.deepSeq {
    second5 = throw "second";
    first5 = throw "first";
  } 1
)
