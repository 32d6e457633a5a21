# Every builtin is there, under the names that Nix has.
builtins.attrNames builtins
