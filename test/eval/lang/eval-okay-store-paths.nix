[
  (builtins.toFile "greeting" "hello\n")
  "${./text.inc}"
  (builtins.path { path = ./text.inc; name = "renamed"; })
  (builtins.path { path = ./folder.inc; name = "only-nix"; filter = path: type: type == "directory" || builtins.match ".*\\.nix" path != null; })
  (builtins.filterSource (path: type: baseNameOf path != "other.inc") ./folder.inc)
  (builtins.placeholder "out")
]
