let
  d = derivation { name = "read"; system = "s"; builder = "b"; };
in
{
  text = builtins.readFile d.drvPath;
  again = (import d.drvPath).outPath == d.outPath;
}
