# The files that a machine brings by being there: `machines/NAME/configuration.nix` and what describes its hardware.
{
  name,
  directory,
  class,
}:
let
  below = file: "${directory}/machines/${name}/${file}";
  facterReport = below "facter.json";
in
{ lib, options, ... }:
{
  _file = ./files-of.nix;

  imports = builtins.filter builtins.pathExists (
    [ (below "configuration.nix") ]
    ++ lib.optionals (class == "nixos") [
      (below "hardware-configuration.nix")
      (below "disko.nix")
    ]
  );

  config = lib.optionalAttrs (class == "nixos" && options ? hardware.facter.reportPath) {
    hardware.facter.reportPath = lib.mkIf (builtins.pathExists facterReport) (lib.mkDefault facterReport);
  };
}
