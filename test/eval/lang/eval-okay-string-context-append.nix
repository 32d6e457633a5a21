let
  drv = (derivation { name = "d"; system = "s"; builder = "b"; }).drvPath;
  key = builtins.unsafeDiscardStringContext drv;
  deep = builtins.addDrvOutputDependencies drv;
  shallow = builtins.unsafeDiscardOutputDependency drv;
  s = builtins.seq drv (builtins.appendContext "text" { ${key} = { outputs = [ "out" ]; }; });
in
[ s ] ++ map builtins.getContext [ s drv deep shallow (s + drv) ]
