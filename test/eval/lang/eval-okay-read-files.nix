[
  (builtins.readFile ./text.inc)
  (builtins.pathExists ./text.inc)
  (builtins.pathExists ./no-such-file)
  (builtins.readFileType ./text.inc)
  (builtins.readDir ./folder.inc)
  (builtins.hashFile "sha256" ./text.inc)
]
