# Graphics drivers and firmware.
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
  options.hardware = {
    graphics = {
      enable = lib.mkEnableOption "hardware accelerated graphics";
      enable32Bit = lib.mkEnableOption "graphics for 32-bit programs";
      extraPackages = mkOption {
        type = types.listOf types.package;
        default = [ ];
        description = "Packages with further drivers.";
      };
    };
    enableRedistributableFirmware = mkOption {
      type = types.bool;
      default = config.hardware.enableAllFirmware;
      defaultText = lib.literalExpression "config.hardware.enableAllFirmware";
      description = "Whether firmware is installed that may be passed on.";
    };
    enableAllFirmware = lib.mkEnableOption "all firmware, also that which may not be passed on";
    firmware = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages with firmware that the kernel loads.";
    };
    cpu.amd.updateMicrocode = lib.mkEnableOption "updates of the microcode of AMD processors";
    cpu.intel.updateMicrocode = lib.mkEnableOption "updates of the microcode of Intel processors";
  };
  config = lib.mkMerge [
    (lib.mkIf config.hardware.enableRedistributableFirmware { hardware.firmware = [ pkgs.linux-firmware ]; })
    (lib.mkIf config.hardware.cpu.amd.updateMicrocode { boot.initrd.prepend = [ "${pkgs.microcodeAmd}/amd-ucode.img" ]; })
    (lib.mkIf config.hardware.cpu.intel.updateMicrocode { boot.initrd.prepend = [ "${pkgs.microcodeIntel}/intel-ucode.img" ]; })
    (lib.mkIf config.hardware.graphics.enable {
      environment.etc."egl/drivers".text = lib.concatLines (
        map toString config.hardware.graphics.extraPackages
      );
    })
  ];
}
