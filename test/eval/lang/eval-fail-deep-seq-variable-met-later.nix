builtins.deepSeq (let list = [ first3 second3 ]; second3 = 1; first3 = 2; in {
  second3 = throw "second";
  first3 = throw "first";
}) 1
