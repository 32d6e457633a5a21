let
  lib = import ./lib.inc;
in
[ (lib.double 4) (import ./lib.inc).name ((import ./folder.inc) 5) ]
