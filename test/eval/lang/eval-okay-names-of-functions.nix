{ a = x: x; b = (x: x); c = let in x: x; d = assert true; x: x; e = if true then x: x else 1; }
