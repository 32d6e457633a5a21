# The release whose state the home keeps.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options.home = {
    stateVersion = mkOption {
      type = types.enum [
        "23.05"
        "23.11"
        "24.05"
        "24.11"
        "25.05"
        "25.11"
        "26.05"
        "26.11"
      ];
      description = "The release that the home was made with; modules keep data formats of that release.";
    };
    version.release = mkOption {
      type = types.str;
      internal = true;
      readOnly = true;
      default = "26.11";
      description = "The release of home-manager.";
    };
    enableNixpkgsReleaseCheck = mkOption {
      type = types.bool;
      default = true;
      description = "Whether to warn when packages are of another release.";
    };
  };
}
