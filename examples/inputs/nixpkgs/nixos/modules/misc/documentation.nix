# Which documentation is installed. There is no manual to build here, so these only choose packages.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.documentation;
in
{
  options.documentation = {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether to install documentation of packages.";
    };
    man.enable = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether to install manual pages and the `man` command.";
    };
    nixos.enable = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether to install the documentation of NixOS itself.";
    };
  };
  config = lib.mkIf (cfg.enable && cfg.man.enable) {
    environment.systemPackages = [ pkgs.man-db ];
  };
}
