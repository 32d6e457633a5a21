with builtins;
[
  (toJSON { b = [ 1 2.5 null true "x" ]; a = { }; "c d" = "\"\\\n\té"; })
  (toJSON { __toString = self: "s"; x = 1; }) (toJSON { outPath = "p"; x = 1; }) (toJSON [ ]) (toJSON 1.0) (toJSON 1e30) (toJSON (-0.5)) (toJSON "\$")
]
