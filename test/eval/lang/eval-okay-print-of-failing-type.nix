{ type = throw "x"; a = 1; }
