map
  (drvPath: {
    type = "derivation";
    inherit drvPath;
  })
  [
    "x"
    "/nix/store/x"
    "/nix/store/00000000000000000000000000000000-"
    "/nix/store/00000000000000000000000000000000-x"
    "/nix/store/00000000000000000000000000000000-x/y"
    { outPath = "/nix/store/00000000000000000000000000000000-x.drv"; }
  ]
