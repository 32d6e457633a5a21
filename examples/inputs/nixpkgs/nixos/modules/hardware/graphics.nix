# Graphics and firmware.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) packages switch;
  cfg = config.hardware;
in
{
  options.hardware = {
    graphics = {
      enable = switch false "Whether graphics are computed by the card.";
      enable32Bit = switch false "Whether they are for 32-bit programs too.";
      extraPackages = packages "Packages with further drivers.";
    };
    enableAllFirmware = switch false "Whether all firmware is there, also what may not be passed on.";
    enableRedistributableFirmware = switch cfg.enableAllFirmware "Whether the firmware is there that may be passed on.";
    firmware = packages "Packages with firmware that the kernel loads.";
    cpu.amd.updateMicrocode = switch false "Whether processors of AMD get new microcode.";
    cpu.intel.updateMicrocode = switch false "Whether processors of Intel get new microcode.";
  };
  config = {
    hardware.firmware = lib.mkIf cfg.enableRedistributableFirmware [ pkgs.linux-firmware ];
    boot.initrd.prepend = lib.mkMerge [
      (lib.mkIf cfg.cpu.amd.updateMicrocode [ "${pkgs.microcodeAmd}/amd-ucode.img" ])
      (lib.mkIf cfg.cpu.intel.updateMicrocode [ "${pkgs.microcodeIntel}/intel-ucode.img" ])
    ];
    environment.etc."egl/drivers" = lib.mkIf cfg.graphics.enable {
      text = lib.concatMapStrings (package: "${package}\n") cfg.graphics.extraPackages;
    };
  };
}
