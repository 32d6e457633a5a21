let
  d = derivation { name = "demo-1.0"; system = "x86_64-linux"; builder = "/bin/sh"; args = [ "-c" "echo" ]; x = [ 1 true null "s" ]; };
in
[ d.drvPath d.outPath d.name d.type d.outputName (builtins.attrNames d) "${d}" ]
