builtins.path { path = ./text.inc; sha256 = ""; }
