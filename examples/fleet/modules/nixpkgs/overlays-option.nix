# `nixpkgsOverlays`: files in overlays/ each add theirs; compose.nix makes one overlay of them.
{ lib, ... }:
{
  options.nixpkgsOverlays = lib.mkOption {
    type = lib.types.listOf lib.types.unspecified;
    default = [ ];
    internal = true;
    description = "Overlays in the order in which they apply.";
  };

  options.customPackageExcludes = lib.mkOption {
    type = lib.types.listOf lib.types.str;
    default = [ ];
    internal = true;
    description = "Names in pkgs/by-name that machines take from nixpkgs instead.";
  };
}
