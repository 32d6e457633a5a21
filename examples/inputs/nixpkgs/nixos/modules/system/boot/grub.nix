# GRUB, for machines that start from the first sectors of a disk; and what all boot loaders have to know.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names switch text;
  inherit (lib.types) int str;
  inherit (config.boot) loader;
  cfg = loader.grub;
in
{
  options.boot = {
    isContainer = switch false "Whether the system is a container, which something else starts.";
    loader = {
      timeout = has (lib.types.nullOr int) 5 "Seconds until the first system of the menu starts; null waits forever.";
      efi.canTouchEfiVariables = switch false "Whether the machine's own list of what to start may be changed.";
      efi.efiSysMountPoint = has str "/boot" "Where the EFI partition is mounted.";
      grub = {
        enable = switch (!config.boot.isContainer && !loader.systemd-boot.enable) "Whether GRUB starts the system.";
        device = has str "" "The disk that it starts from.";
        devices = names "Disks that it starts from.";
        efiSupport = switch false "Whether EFI can start it.";
        efiInstallAsRemovable = switch false "Whether it is where EFI looks by itself.";
        configurationLimit = has int 100 "How many systems are in the menu.";
        extraConfig = text "Lines for `grub.cfg`.";
      };
    };
  };
  config = lib.mkIf cfg.enable {
    boot.loader.grub.devices = lib.optional (cfg.device != "") cfg.device;
    assertions = [
      {
        assertion = cfg.devices != [ ];
        message = "GRUB needs a disk to start from: set `boot.loader.grub.devices`.";
      }
    ];
    system.build.installBootLoader = pkgs.writeShellScript "install-grub.sh" ''
      ${lib.concatMapStrings (disk: "${pkgs.grub2}/bin/grub-install ${disk}\n") cfg.devices}
      limit=${toString cfg.configurationLimit}
      timeout=${toString loader.timeout}
      efi=${lib.boolToString cfg.efiSupport}
      cat > /boot/grub/extra.cfg <<'CONFIG'
      ${cfg.extraConfig}
      CONFIG
    '';
  };
}
