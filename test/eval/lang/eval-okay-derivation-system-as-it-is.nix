# In the text of a derivation, everything is escaped but the system.
map
  (
    system:
    (derivation {
      name = "x";
      builder = "b\n\"";
      args = [ "\t" ];
      "k\"" = "v";
      inherit system;
    }).drvPath
  )
  [
    "s"
    "s\n"
  ]
