builtins.deepSeq (rec {
  first1 = throw "first";
  inherit ({ second1 = throw "second"; }) second1;
}) 1
