builtins.readDir ./text.inc
