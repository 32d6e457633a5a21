# What fails inside of a value is printed in its place.
{ a = throw "one"; b = [ (1 + "x") { c = abort "two"; } ]; d = assert false; 1; e = { }.missing; }
