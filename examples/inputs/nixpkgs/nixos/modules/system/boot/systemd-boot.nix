# systemd-boot, for machines that start by EFI; and nothing at all, for those that have no boot loader.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe switch;
  inherit (lib.types) enum int;
  inherit (config.boot) loader;
  cfg = loader.systemd-boot;
in
{
  options.boot.loader.systemd-boot = {
    enable = switch false "Whether systemd-boot starts the system.";
    configurationLimit = maybe int "How many systems are in the menu; null is all.";
    editor = switch true "Whether the command line can be changed when the machine starts.";
    consoleMode = has (enum [ "0" "1" "2" "5" "auto" "max" "keep" ]) "keep" "The resolution of the menu.";
  };
  config.system.build.installBootLoader =
    if cfg.enable then
      pkgs.writeShellScript "install-systemd-boot.sh" ''
        ${config.systemd.package}/bin/bootctl install --esp-path=${loader.efi.efiSysMountPoint}
        printf '%s\n' 'timeout ${toString loader.timeout}' 'editor ${lib.boolToString cfg.editor}' 'console-mode ${cfg.consoleMode}'
        limit=${toString cfg.configurationLimit}
      ''
    else
      lib.mkIf (!loader.grub.enable) (lib.mkDefault (pkgs.writeShellScript "no-boot-loader.sh" ":"));
}
