# The NixOS module: a service of each user activates the home when the system starts or switches.
{
  config,
  lib,
  utils,
  ...
}:
let
  cfg = config.home-manager;
in
{
  _class = "nixos";
  imports = [ ./common.nix ];
  config.systemd.services = lib.mapAttrs' (
    _: home:
    lib.nameValuePair "home-manager-${utils.escapeSystemdPath home.home.username}" {
      description = "Home Manager environment for ${home.home.username}";
      wantedBy = [ "multi-user.target" ];
      wants = [ "nix-daemon.socket" ];
      after = [ "nix-daemon.socket" ];
      before = [ "systemd-user-sessions.service" ];
      environment = lib.optionalAttrs (cfg.backupFileExtension != null) {
        HOME_MANAGER_BACKUP_EXT = cfg.backupFileExtension;
      }
      // lib.optionalAttrs cfg.verbose { VERBOSE = "1"; }
      // lib.optionalAttrs cfg.overwriteBackup { HOME_MANAGER_BACKUP_OVERWRITE = "1"; };
      unitConfig.RequiresMountsFor = home.home.homeDirectory;
      serviceConfig = {
        User = home.home.username;
        Type = "oneshot";
        TimeoutStartSec = "5m";
        ExecStart = "${home.home.activationPackage}/activate";
      };
    }
  ) cfg.users;
}
