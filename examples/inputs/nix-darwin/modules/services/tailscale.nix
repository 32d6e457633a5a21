# Tailscale on the Mac, as a daemon without the application.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.tailscale;
in
{
  options.services.tailscale = {
    enable = lib.mkEnableOption "the Tailscale client daemon";
    package = lib.mkPackageOption pkgs "tailscale" { };
    overrideLocalDns = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether all names are looked up through Tailscale.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    launchd.daemons.tailscaled = {
      command = "${cfg.package}/bin/tailscaled";
      serviceConfig.RunAtLoad = true;
    };
    networking.dns = lib.mkIf cfg.overrideLocalDns [ "100.100.100.100" ];
  };
}
