let
  file = builtins.toFile "f.nix" "[ 1 ]";
in
[
  (builtins.readFile file)
  (builtins.pathExists file)
  (import file)
  (builtins.readFile "${./text.inc}")
  (builtins.attrNames (builtins.readDir "${./folder.inc}"))
]
