# bat.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.bat;
in
{
  options.programs.bat = {
    enable = lib.mkEnableOption "bat, a cat clone with wings";
    package = lib.mkPackageOption pkgs "bat" { };
    config = mkOption {
      type = types.attrsOf (
        types.oneOf [
          types.str
          (types.listOf types.str)
          types.bool
        ]
      );
      default = { };
      example = {
        theme = "TwoDark";
      };
      description = "Options of bat.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    xdg.configFile."bat/config" = lib.mkIf (cfg.config != { }) {
      text = lib.concatStrings (
        lib.mapAttrsToList (
          k: v: if v == true then "--${k}\n" else if v == false then "" else lib.concatMapStrings (x: "--${k}=${lib.escapeShellArg x}\n") (lib.toList v)
        ) cfg.config
      );
    };
  };
}
