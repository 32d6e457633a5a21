# The nix-darwin module: homes are activated at the end of a switch.
{
  config,
  lib,
  ...
}:
let
  cfg = config.home-manager;
in
{
  _class = "darwin";
  imports = [ ./common.nix ];
  config.system.activationScripts.postActivation.text = lib.concatStrings (
    lib.mapAttrsToList (_: home: ''
      echo Activating home-manager configuration for ${home.home.username}
      ${lib.optionalString (cfg.backupFileExtension != null) "HOME_MANAGER_BACKUP_EXT=${lib.escapeShellArg cfg.backupFileExtension} "}${
        lib.optionalString cfg.overwriteBackup "HOME_MANAGER_BACKUP_OVERWRITE=1 "
      }sudo -u ${home.home.username} --set-home ${home.home.activationPackage}/activate${lib.optionalString cfg.verbose " --verbose"}
    '') cfg.users
  );
}
