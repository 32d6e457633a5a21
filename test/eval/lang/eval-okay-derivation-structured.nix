(derivation {
  name = "s"; system = "x86_64-linux"; builder = "/bin/sh";
  __structuredAttrs = true; list = [ 1 "a" { b = null; } ]; set.x = true; number = 1.5;
}).drvPath
