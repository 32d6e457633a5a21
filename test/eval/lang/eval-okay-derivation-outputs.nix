let
  d = derivation { name = "multi"; system = "x86_64-linux"; builder = "/bin/sh"; outputs = [ "out" "dev" "doc" ]; };
in
[ d.outPath d.dev.outPath d.doc.outputName (map (o: o.outputName) d.all) d.dev.drvPath ]
