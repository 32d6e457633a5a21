# The NVIDIA driver, which is taken from the packages of the kernel that boots.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.hardware.nvidia;
  wanted = lib.elem "nvidia" config.services.xserver.videoDrivers;
in
{
  options = {
    services.xserver.videoDrivers = mkOption {
      type = types.listOf types.str;
      default = [
        "modesetting"
        "fbdev"
      ];
      description = "Names of the video drivers that are tried in this order.";
    };
    hardware.nvidia = {
      open = mkOption {
        type = types.nullOr types.bool;
        default = null;
        description = "Whether the open kernel module is used; the driver's age decides whether that is possible.";
      };
      package = mkOption {
        type = types.package;
        default = config.boot.kernelPackages.nvidiaPackages.stable;
        defaultText = lib.literalExpression "config.boot.kernelPackages.nvidiaPackages.stable";
        description = "The driver to use.";
      };
      modesetting.enable = lib.mkEnableOption "kernel modesetting with the NVIDIA driver";
      powerManagement.enable = lib.mkEnableOption "experimental power management with systemd";
      nvidiaPersistenced = lib.mkEnableOption "the daemon that keeps the card awake";
    };
  };
  config = lib.mkIf wanted {
    assertions = [
      {
        assertion = cfg.open != null;
        message = "You must configure `hardware.nvidia.open` on NVIDIA driver versions >= 560.";
      }
    ];
    boot.extraModulePackages = [ cfg.package ];
    boot.kernelModules = [
      "nvidia"
      "nvidia_uvm"
    ];
    boot.kernelParams = lib.optional cfg.modesetting.enable "nvidia-drm.modeset=1";
    environment.systemPackages = [ cfg.package.bin ];
    hardware.graphics.enable = true;
    systemd.services.nvidia-persistenced = lib.mkIf cfg.nvidiaPersistenced {
      description = "NVIDIA Persistence Daemon";
      wantedBy = [ "multi-user.target" ];
      serviceConfig.ExecStart = "${cfg.package.bin}/bin/nvidia-persistenced --verbose";
    };
  };
}
