# systemd-boot, for machines that start from EFI.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.boot.loader.systemd-boot;
in
{
  options.boot.loader.systemd-boot = {
    enable = mkOption {
      type = types.bool;
      default = false;
      description = "Whether to enable the systemd-boot EFI boot manager.";
    };
    configurationLimit = mkOption {
      type = types.nullOr types.int;
      default = null;
      example = 120;
      description = "How many systems are in the menu; null means all.";
    };
    editor = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the command line may be changed at boot.";
    };
    consoleMode = mkOption {
      type = types.enum [
        "0"
        "1"
        "2"
        "5"
        "auto"
        "max"
        "keep"
      ];
      default = "keep";
      description = "The resolution of the console.";
    };
  };
  config = lib.mkMerge [
    (lib.mkIf cfg.enable {
      assertions = [
        {
          assertion = config.boot.loader.efi.canTouchEfiVariables -> config.boot.loader.efi.efiSysMountPoint != "";
          message = "systemd-boot needs an EFI partition.";
        }
      ];
      system.build.installBootLoader = pkgs.writeScript "install-systemd-boot.sh" ''
        #!${pkgs.runtimeShell}
        ${config.systemd.package}/bin/bootctl install --esp-path=${config.boot.loader.efi.efiSysMountPoint}
        printf 'timeout %s\neditor %s\nconsole-mode %s\n' ${toString config.boot.loader.timeout} ${lib.boolToString cfg.editor} ${cfg.consoleMode}
        limit=${toString cfg.configurationLimit}
      '';
    })
    (lib.mkIf (!cfg.enable && !config.boot.loader.grub.enable) {
      system.build.installBootLoader = lib.mkDefault (pkgs.writeScript "no-boot-loader.sh" "#!${pkgs.runtimeShell}\n");
    })
  ];
}
