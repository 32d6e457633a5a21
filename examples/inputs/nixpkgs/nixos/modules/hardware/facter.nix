# What a hardware report says about the machine: drivers, microcode and the platform follow from it.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.hardware.facter;
  hardware = cfg.report.hardware or { };
  drivers = kind: lib.concatMap (d: d.driver_modules or [ ]) (hardware.${kind} or [ ]);
  vendors = map (cpu: cpu.vendor_name or "") (hardware.cpu or [ ]);
in
{
  options.hardware.facter = {
    enable = mkOption {
      type = types.bool;
      default = cfg.reportPath != null || cfg.report != { };
      defaultText = lib.literalExpression "a report is given";
      description = "Whether the hardware report is used.";
    };
    reportPath = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = "The file with the hardware report, as `nixos-facter` writes it.";
    };
    report = mkOption {
      type = types.raw;
      default = if cfg.reportPath == null then { } else lib.importJSON cfg.reportPath;
      defaultText = lib.literalExpression "the contents of reportPath";
      description = "The hardware report.";
    };
  };
  config = lib.mkIf cfg.enable {
    nixpkgs.hostPlatform = lib.mkIf (cfg.report ? system) (lib.mkDefault cfg.report.system);
    boot.initrd.availableKernelModules = lib.unique (
      lib.concatMap drivers [
        "disk"
        "storage_controller"
        "usb_controller"
      ]
    );
    boot.kernelModules = lib.optional (lib.elem "GenuineIntel" vendors) "kvm-intel" ++ lib.optional (lib.elem "AuthenticAMD" vendors) "kvm-amd";
    hardware.cpu.amd.updateMicrocode = lib.mkIf (lib.elem "AuthenticAMD" vendors) (
      lib.mkDefault config.hardware.enableRedistributableFirmware
    );
    hardware.cpu.intel.updateMicrocode = lib.mkIf (lib.elem "GenuineIntel" vendors) (
      lib.mkDefault config.hardware.enableRedistributableFirmware
    );
  };
}
