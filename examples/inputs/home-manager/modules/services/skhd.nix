# skhd, as an agent of the person.
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
    config = lib.mkOption {
      type = lib.types.lines;
      default = "";
      description = "The contents of `skhdrc`.";
    };
  };
  config = lib.mkIf cfg.enable {
    assertions = [
      (lib.hm.assertions.assertPlatform "services.skhd" pkgs lib.platforms.darwin)
    ];
    home.packages = [ cfg.package ];
    xdg.configFile."skhd/skhdrc".text = cfg.config;
    launchd.agents.skhd = {
      enable = true;
      config = {
        ProgramArguments = [ (lib.getExe cfg.package) ];
        KeepAlive = true;
      };
    };
  };
}
