# The time zone.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) maybe switch;
  zone = config.time.timeZone;
in
{
  options.time = {
    timeZone = maybe lib.types.str "The time zone; null is UTC until somebody changes it by hand." // {
      example = "Europe/Amsterdam";
    };
    hardwareClockInLocalTime = switch false "Whether the clock of the hardware keeps local time.";
  };
  config.environment = {
    sessionVariables.TZDIR = "/etc/zoneinfo";
    etc.zoneinfo.source = "${pkgs.tzdata}/share/zoneinfo";
    etc.localtime = lib.mkIf (zone != null) {
      source = "/etc/zoneinfo/${zone}";
      mode = "direct-symlink";
    };
  };
}
