# The command `home-manager` for homes that stand alone.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.programs.home-manager;
in
{
  options.programs.home-manager = {
    enable = lib.mkEnableOption "Home Manager";
    path = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      description = "Where home-manager itself is.";
    };
  };
  config = lib.mkIf (cfg.enable && !config.submoduleSupport.enable) {
    home.packages = [
      (pkgs.writeShellScriptBin "home-manager" "exec ${toString cfg.path}/home-manager \"$@\"")
    ];
  };
}
