let
  d = derivation { name = "ctx"; system = "x86_64-linux"; builder = "/bin/sh"; };
  s = "${d}/bin";
  file = builtins.toFile "f" "x";
in
with builtins;
[
  (hasContext s) (hasContext "plain") (hasContext (unsafeDiscardStringContext s))
  (getContext s) (getContext "${s} ${file}") (getContext d.drvPath)
  (hasContext (substring 0 3 s)) (hasContext (concatStringsSep " " [ "a" s ])) (hasContext (replaceStrings [ "x" ] [ s ] "abc"))
  (hasContext (toString [ s ])) (s == unsafeDiscardStringContext s) (attrNames { ${unsafeDiscardStringContext s} = 1; })
]
