# The time zone.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
in
{
  options = {
    time.timeZone = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "America/New_York";
      description = "The time zone; null means UTC, changeable at run time.";
    };
    time.hardwareClockInLocalTime = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the hardware clock keeps local time.";
    };
    location = {
      latitude = mkOption {
        type = types.float;
        description = "The latitude of the machine, from -90 to 90.";
      };
      longitude = mkOption {
        type = types.float;
        description = "The longitude of the machine, from -180 to 180.";
      };
    };
  };
  config = {
    environment.sessionVariables.TZDIR = "/etc/zoneinfo";
    environment.etc.zoneinfo.source = "${pkgs.tzdata}/share/zoneinfo";
    environment.etc.localtime = lib.mkIf (config.time.timeZone != null) {
      source = "/etc/zoneinfo/${config.time.timeZone}";
      mode = "direct-symlink";
    };
  };
}
