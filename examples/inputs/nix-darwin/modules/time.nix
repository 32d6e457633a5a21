# The time zone.
{
  config,
  lib,
  ...
}:
{
  options.time.timeZone = lib.mkOption {
    type = lib.types.nullOr lib.types.str;
    default = null;
    example = "America/New_York";
    description = "The time zone; null leaves it as it is.";
  };
  config.system.activationScripts.time.text = lib.mkIf (config.time.timeZone != null) ''
    systemsetup -settimezone ${lib.escapeShellArg config.time.timeZone}
  '';
}
