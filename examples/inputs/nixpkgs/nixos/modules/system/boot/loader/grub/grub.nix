# GRUB, for machines that start from a disk's first sectors or from EFI.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.boot.loader.grub;
in
{
  options.boot.loader.grub = {
    enable = mkOption {
      type = types.bool;
      default = !config.boot.isContainer && !config.boot.loader.systemd-boot.enable;
      defaultText = lib.literalExpression "no other boot loader is chosen";
      description = "Whether to enable the GNU GRUB boot loader.";
    };
    device = mkOption {
      type = types.str;
      default = "";
      example = "/dev/disk/by-id/wwn-0x500001234567890a";
      description = "The disk that GRUB is installed on; `nodev` installs none.";
    };
    devices = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Disks that GRUB is installed on.";
    };
    efiSupport = mkOption {
      type = types.bool;
      default = false;
      description = "Whether GRUB also starts from EFI.";
    };
    efiInstallAsRemovable = mkOption {
      type = types.bool;
      default = false;
      description = "Whether GRUB is put where EFI looks by itself.";
    };
    configurationLimit = mkOption {
      type = types.int;
      default = 100;
      description = "How many systems are in the menu.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `grub.cfg` as they are.";
    };
  };
  options.boot.isContainer = mkOption {
    type = types.bool;
    default = false;
    description = "Whether the system is a container, which has no boot loader.";
  };
  options.boot.loader = {
    timeout = mkOption {
      type = types.nullOr types.int;
      default = 5;
      description = "Seconds until the first entry starts; null waits forever.";
    };
    efi.canTouchEfiVariables = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the variables of EFI may be changed.";
    };
    efi.efiSysMountPoint = mkOption {
      type = types.str;
      default = "/boot";
      description = "Where the EFI partition is mounted.";
    };
  };
  config = lib.mkIf cfg.enable {
    boot.loader.grub.devices = lib.optional (cfg.device != "") cfg.device;
    assertions = [
      {
        assertion = cfg.devices != [ ];
        message = "You must set the option ‘boot.loader.grub.devices’ or 'boot.loader.grub.mirroredBoots' to make the system bootable.";
      }
    ];
    system.build.installBootLoader = pkgs.writeScript "install-grub.sh" ''
      #!${pkgs.runtimeShell}
      ${lib.concatMapStrings (d: "${pkgs.grub2}/bin/grub-install ${d}\n") cfg.devices}
      limit=${toString cfg.configurationLimit}
      timeout=${toString config.boot.loader.timeout}
      efi=${lib.boolToString cfg.efiSupport}
      cat > /boot/grub/extra.cfg <<'CONFIG'
      ${cfg.extraConfig}
      CONFIG
    '';
  };
}
