# skhd: keys that run commands.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.skhd;
in
{
  options.services.skhd = {
    enable = lib.mkEnableOption "the skhd hotkey daemon";
    package = lib.mkPackageOption pkgs "skhd" { };
    skhdConfig = lib.mkOption {
      type = lib.types.lines;
      default = "";
      example = "alt + shift - r : chunkc quit";
      description = "The contents of `skhdrc`.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.etc.skhdrc.text = cfg.skhdConfig;
    launchd.user.agents.skhd = {
      path = [ cfg.package ];
      serviceConfig = {
        ProgramArguments = [
          "${cfg.package}/bin/skhd"
          "-c"
          "/etc/skhdrc"
        ];
        KeepAlive = true;
      };
    };
  };
}
