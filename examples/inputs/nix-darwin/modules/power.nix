# When the machine sleeps.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.power;
  minutes =
    what:
    mkOption {
      type = types.nullOr (types.either types.ints.positive (types.enum [ "never" ]));
      default = null;
      example = "never";
      description = "Idle minutes until ${what} sleeps; null leaves it as it is.";
    };
  set =
    command: v:
    lib.optionalString (v != null) "systemsetup -${command} ${if v == "never" then "Never" else toString v}\n";
in
{
  options.power = {
    restartAfterPowerFailure = mkOption {
      type = types.nullOr types.bool;
      default = null;
      description = "Whether the machine starts when power returns; null leaves it as it is.";
    };
    sleep = {
      computer = minutes "the computer";
      display = minutes "the display";
      harddisk = minutes "the disk";
    };
  };
  config.system.activationScripts.power.text =
    set "setComputerSleep" cfg.sleep.computer
    + set "setDisplaySleep" cfg.sleep.display
    + set "setHardDiskSleep" cfg.sleep.harddisk
    + lib.optionalString (cfg.restartAfterPowerFailure != null) "systemsetup -setRestartPowerFailure ${
      if cfg.restartAfterPowerFailure then "on" else "off"
    }\n";
}
