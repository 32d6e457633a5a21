builtins.attrNames { b = 1; a = 1; B = 1; "10" = 1; "9" = 1; aa = 1; "" = 1; "-" = 1; "é" = 1; }
