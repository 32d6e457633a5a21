# What a report of the hardware says about the machine: its platform, and which drivers and microcode it needs.
{ config, lib, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe switch;
  cfg = config.hardware.facter;
  found = cfg.report.hardware or { };
  driversOf = kind: lib.concatMap (device: device.driver_modules or [ ]) (found.${kind} or [ ]);
  isBy = vendor: lib.any (cpu: cpu.vendor_name or null == vendor) (found.cpu or [ ]);
  microcodeFor = vendor: lib.mkIf (isBy vendor) (lib.mkDefault config.hardware.enableRedistributableFirmware);
in
{
  options.hardware.facter = {
    enable = switch (cfg.reportPath != null || cfg.report != { }) "Whether the report counts.";
    reportPath = maybe lib.types.path "The file that `nixos-facter` wrote.";
    report = has lib.types.raw (if cfg.reportPath == null then { } else lib.importJSON cfg.reportPath) "What it says.";
  };
  config = lib.mkIf cfg.enable {
    nixpkgs.hostPlatform = lib.mkIf (cfg.report ? system) (lib.mkDefault cfg.report.system);
    boot.initrd.availableKernelModules = lib.unique (lib.concatMap driversOf [ "disk" "storage_controller" "usb_controller" ]);
    boot.kernelModules = lib.optional (isBy "GenuineIntel") "kvm-intel" ++ lib.optional (isBy "AuthenticAMD") "kvm-amd";
    hardware.cpu.amd.updateMicrocode = microcodeFor "AuthenticAMD";
    hardware.cpu.intel.updateMicrocode = microcodeFor "GenuineIntel";
  };
}
