[ ("a" + "b") ("" + "") ("a" + "b" + "c") ("x" + { outPath = "y"; }) ({ __toString = _: "s"; } + "t") ]
