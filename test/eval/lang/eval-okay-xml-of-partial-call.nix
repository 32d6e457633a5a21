builtins.toXML ((a: b: c: a) 1)
