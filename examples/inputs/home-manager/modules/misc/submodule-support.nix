# How a home behaves inside the configuration of a machine.
{ lib, ... }:
let
  internalBool =
    description:
    lib.mkOption {
      type = lib.types.bool;
      default = false;
      internal = true;
      inherit description;
    };
in
{
  options.submoduleSupport = {
    enable = internalBool "Whether the home is part of a machine's configuration.";
    externalPackageInstall = internalBool "Whether the machine installs the packages of the home.";
    useGlobalPkgs = internalBool "Whether the home uses the machine's package set as it is.";
  };
}
