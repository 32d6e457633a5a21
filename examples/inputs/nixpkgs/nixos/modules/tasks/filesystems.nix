# File systems and swap.
{
  config,
  lib,
  utils,
  ...
}:
let
  inherit (lib) mkOption types;
  fileSystem =
    { name, config, ... }:
    {
      options = {
        mountPoint = mkOption {
          type = types.str;
          default = name;
          description = "Where the file system is mounted.";
        };
        device = mkOption {
          type = types.nullOr types.str;
          default = if config.label == null then null else "/dev/disk/by-label/${config.label}";
          defaultText = lib.literalExpression "the device with the label";
          example = "/dev/sda";
          description = "The device.";
        };
        label = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "The label of the device.";
        };
        fsType = mkOption {
          type = types.str;
          default = "auto";
          example = "ext4";
          description = "The type of the file system.";
        };
        options = mkOption {
          type = types.nonEmptyListOf types.str;
          default = [ "defaults" ];
          example = [ "noatime" ];
          description = "Mount options.";
        };
        neededForBoot = mkOption {
          type = types.bool;
          default = false;
          description = "Whether it is mounted before the system starts.";
        };
        autoResize = mkOption {
          type = types.bool;
          default = false;
          description = "Whether it grows to the size of its device.";
        };
        noCheck = mkOption {
          type = types.bool;
          default = false;
          description = "Whether it is not checked at boot.";
        };
      };
    };
  swap = types.submodule {
    options = {
      device = mkOption {
        type = types.str;
        example = "/dev/sda3";
        description = "The device or file.";
      };
      size = mkOption {
        type = types.nullOr types.int;
        default = null;
        description = "The size of a file in megabytes, which makes it.";
      };
      priority = mkOption {
        type = types.nullOr types.int;
        default = null;
        description = "Which swap is used first.";
      };
    };
  };
  all = lib.attrValues config.fileSystems;
  # The root is checked first, everything else after it.
  pass = fs: if fs.noCheck || fs.fsType == "tmpfs" then 0 else if fs.mountPoint == "/" then 1 else 2;
in
{
  options = {
    fileSystems = mkOption {
      type = types.attrsOf (types.submodule fileSystem);
      default = { };
      example = {
        "/".device = "/dev/hda1";
      };
      description = "File systems by mount point.";
    };
    swapDevices = mkOption {
      type = types.listOf swap;
      default = [ ];
      description = "Swap devices and files.";
    };
    zramSwap.enable = lib.mkEnableOption "swap in compressed memory";
  };
  config = {
    assertions = [
      {
        assertion = config.boot.isContainer || config.fileSystems ? "/";
        message = "The ‘fileSystems’ option does not specify your root file system.";
      }
    ]
    ++ map (fs: {
      assertion = fs.device != null || fs.fsType == "tmpfs";
      message = "No device specified for mount point ‘${fs.mountPoint}’.";
    }) all;
    environment.etc.fstab.text =
      lib.concatMapStrings (
        fs:
        "${if fs.device == null then fs.fsType else fs.device} ${fs.mountPoint} ${fs.fsType} ${lib.concatStringsSep "," fs.options} 0 ${toString (pass fs)}\n"
      ) all
      + lib.concatMapStrings (
        s: "${s.device} none swap ${lib.optionalString (s.priority != null) "pri=${toString s.priority}"}\n"
      ) config.swapDevices;
    systemd.services = lib.listToAttrs (
      map (
        s:
        lib.nameValuePair "mkswap-${utils.escapeSystemdPath s.device}" {
          description = "Initialisation of swap device ${s.device}";
          serviceConfig.Type = "oneshot";
          script = "[ -e ${s.device} ] || fallocate -l ${toString s.size}M ${s.device}";
        }
      ) (lib.filter (s: s.size != null) config.swapDevices)
    );
  };
}
