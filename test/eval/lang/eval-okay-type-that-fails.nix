{ a = { type = throw "type"; }; b = 1; }
