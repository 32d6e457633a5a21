builtins.fromJSON (builtins.toJSON ./text.inc)
