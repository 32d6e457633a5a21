[ (builtins.mapAttrs (n: v: v + 1) { a = 1; b = throw "never"; }).a (builtins.attrNames (builtins.mapAttrs (throw "never") { a = 1; })) ]
