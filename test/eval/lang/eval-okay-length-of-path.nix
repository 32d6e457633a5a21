[ (builtins.stringLength ./text.inc) (builtins.substring 0 11 ./text.inc) ]
