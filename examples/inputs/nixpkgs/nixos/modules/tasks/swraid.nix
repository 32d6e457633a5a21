# Software RAID, which is off unless a machine has it.
{
  config,
  lib,
  ...
}:
{
  options.boot.swraid = {
    enable = lib.mkEnableOption "software RAID";
    mdadmConf = lib.mkOption {
      type = lib.types.lines;
      default = "";
      description = "The contents of `mdadm.conf`.";
    };
  };
  config = lib.mkIf config.boot.swraid.enable {
    environment.etc."mdadm.conf".text = config.boot.swraid.mdadmConf;
    boot.initrd.availableKernelModules = [ "md_mod" ];
    warnings = lib.optional (
      config.boot.swraid.mdadmConf == ""
    ) "mdadm: Neither MAILADDR nor PROGRAM has been set. This will cause the `mdmon` service to crash.";
  };
}
