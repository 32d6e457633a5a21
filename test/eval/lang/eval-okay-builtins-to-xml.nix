builtins.toXML { a = [ 1 1.5 "<&\"'>" null true ]; b = { inherit (builtins) map; f = x: x; g = { p, q ? 1, ... }@r: p; }; }
