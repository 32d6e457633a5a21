# File systems and swap.
{ config, lib, utils, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe needs several switch;
  inherit (lib) types;
  inherit (types) int listOf nullOr str submodule;

  fileSystem =
    { name, config, ... }:
    {
      options = {
        mountPoint = has str name "Where it is mounted.";
        device = has (nullOr str) (lib.mapNullable (label: "/dev/disk/by-label/${label}") config.label) "What is mounted." // {
          example = "/dev/sda1";
        };
        label = maybe str "The label of what is mounted.";
        fsType = has str "auto" "The kind of file system." // {
          example = "ext4";
        };
        options = has (types.nonEmptyListOf str) [ "defaults" ] "How it is mounted." // {
          example = [ "noatime" ];
        };
        neededForBoot = switch false "Whether it is mounted before the system starts.";
        autoResize = switch false "Whether it grows to the size of its device.";
        noCheck = switch false "Whether it is mounted without a check.";
      };
    };
  swap = submodule {
    options = {
      device = needs str "A device or a file.";
      size = maybe int "Megabytes of a file, which is made.";
      priority = maybe int "Which is used first.";
    };
  };

  mounted = lib.attrValues config.fileSystems;
  # The root is checked first, and everything else after it.
  turnOf = fs: if fs.noCheck || fs.fsType == "tmpfs" then "0" else if fs.mountPoint == "/" then "1" else "2";
  deviceOf = fs: if fs.device == null then fs.fsType else fs.device;
in
{
  options = {
    fileSystems = several fileSystem "File systems, by where they are mounted.";
    swapDevices = has (listOf swap) [ ] "Where memory goes when there is too little.";
    zramSwap.enable = switch false "Whether memory is compressed when there is too little.";
  };
  config = {
    assertions = [
      {
        assertion = config.boot.isContainer || config.fileSystems ? "/";
        message = "Nothing is mounted at `/`: set `fileSystems.\"/\"`.";
      }
    ]
    ++ map (fs: {
      assertion = fs.device != null || fs.fsType == "tmpfs";
      message = "Nobody says what is mounted at `${fs.mountPoint}`.";
    }) mounted;
    environment.etc.fstab.text =
      lib.concatMapStrings (
        fs: "${deviceOf fs} ${fs.mountPoint} ${fs.fsType} ${lib.concatStringsSep "," fs.options} 0 ${turnOf fs}\n"
      ) mounted
      + lib.concatMapStrings (
        { device, priority, ... }: "${device} none swap ${lib.optionalString (priority != null) "pri=${toString priority}"}\n"
      ) config.swapDevices;
    systemd.services = lib.listToAttrs (
      map (
        { device, size, ... }:
        lib.nameValuePair "mkswap-${utils.escapeSystemdPath device}" {
          description = "Make the swap file ${device}";
          serviceConfig.Type = "oneshot";
          script = "test -e ${device} || fallocate -l ${toString size}M ${device}";
        }
      ) (lib.filter (swap: swap.size != null) config.swapDevices)
    );
  };
}
