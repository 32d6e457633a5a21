let
  base = { system = "x86_64-linux"; builder = "/bin/sh"; };
  a = derivation (base // { name = "a"; });
  b = derivation (base // { name = "b"; dep = a; text = "uses ${a}/bin"; });
  c = derivation (base // { name = "c"; drv = b.drvPath; });
in
[ b.drvPath c.drvPath ]
