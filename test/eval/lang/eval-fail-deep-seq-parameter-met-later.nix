builtins.deepSeq ((second4: first4: { f = y: [ first4 second4 ]; a = 1; }) 1 2).a (
  builtins.deepSeq {
    second4 = throw "second";
    first4 = throw "first";
  } 1
)
