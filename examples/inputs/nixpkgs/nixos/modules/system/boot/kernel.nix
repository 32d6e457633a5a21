# The kernel, its modules and parameters, and the initial RAM disk.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.boot;
  names =
    description:
    mkOption {
      type = types.listOf types.str;
      default = [ ];
      inherit description;
    };
  sysctlValue = types.nullOr (
    types.oneOf [
      types.bool
      types.int
      types.str
    ]
  );
  show = v: if v == true then "1" else if v == false then "0" else toString v;
in
{
  options.boot = {
    kernelPackages = mkOption {
      type = types.raw;
      default = pkgs.linuxPackages;
      defaultText = lib.literalExpression "pkgs.linuxPackages";
      example = lib.literalExpression "pkgs.linuxPackages_latest";
      description = "The kernel and the packages that are built for it.";
    };
    kernelParams = mkOption {
      type = types.listOf (types.strMatching ''([^"[:space:]]|"[^"]*")+'');
      default = [ ];
      description = "Parameters on the kernel's command line.";
    };
    kernelModules = names "Modules that are loaded at boot.";
    blacklistedKernelModules = names "Modules that are not loaded by themselves.";
    extraModulePackages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages with further modules.";
    };
    extraModprobeConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines of `modprobe.conf`.";
    };
    consoleLogLevel = mkOption {
      type = types.int;
      default = 4;
      description = "How much the kernel writes to the console.";
    };
    supportedFilesystems = mkOption {
      type = types.coercedTo (types.listOf types.str) (l: lib.genAttrs l (_: true)) (types.attrsOf types.bool);
      default = { };
      example = {
        btrfs = true;
      };
      description = "File systems whose tools are there.";
    };
    tmp = {
      useTmpfs = lib.mkEnableOption "`/tmp` in memory";
      cleanOnBoot = lib.mkEnableOption "the cleaning of `/tmp` at boot";
    };
    kernel.sysctl = mkOption {
      type = types.submodule { freeformType = types.attrsOf sysctlValue; };
      default = { };
      example = {
        "net.ipv4.tcp_syncookies" = false;
      };
      description = "Settings of the running kernel.";
    };
    initrd = {
      availableKernelModules = names "Modules that are in the initial RAM disk.";
      kernelModules = names "Modules that the initial RAM disk loads.";
      prepend = names "Archives that are put before the initial RAM disk, such as microcode.";
      systemd.enable = lib.mkEnableOption "systemd in the initial RAM disk";
      network = {
        enable = lib.mkEnableOption "the network in the initial RAM disk";
        ssh = {
          enable = lib.mkEnableOption "an SSH server in the initial RAM disk, for unlocking disks";
          port = mkOption {
            type = types.port;
            default = 22;
            description = "The port of that server.";
          };
          hostKeys = mkOption {
            type = types.listOf (types.either types.str types.path);
            default = [ ];
            description = "Host keys of that server.";
          };
          authorizedKeys = mkOption {
            type = types.listOf types.str;
            default = [ ];
            description = "Public keys that may log in to it.";
          };
        };
      };
      luks.devices = mkOption {
        default = { };
        description = "Encrypted disks that are opened before the root is mounted.";
        type = types.attrsOf (
          types.submodule {
            options = {
              device = mkOption {
                type = types.str;
                description = "The encrypted device.";
              };
              allowDiscards = lib.mkEnableOption "discards, which tell a disk what is free";
              keyFile = mkOption {
                type = types.nullOr types.str;
                default = null;
                description = "A file with the key.";
              };
            };
          }
        );
      };
    };
  };
  config = {
    assertions = [
      {
        assertion = cfg.initrd.network.ssh.enable -> cfg.initrd.network.ssh.authorizedKeys != [ ];
        message = "You should specify at least one authorized key for initrd SSH";
      }
    ];
    boot.kernelParams = [ "loglevel=${toString cfg.consoleLogLevel}" ];
    boot.kernel.sysctl = {
      "kernel.kptr_restrict" = lib.mkDefault 1;
      "net.ipv4.conf.all.forwarding" = lib.mkDefault false;
    };
    environment.etc = {
      "modules-load.d/nixos.conf".text = lib.concatLines cfg.kernelModules;
      "modprobe.d/nixos.conf".text =
        lib.concatMapStrings (m: "blacklist ${m}\n") cfg.blacklistedKernelModules + cfg.extraModprobeConfig;
      "sysctl.d/60-nixos.conf".text = lib.concatStrings (
        lib.mapAttrsToList (k: v: lib.optionalString (v != null) "${k}=${show v}\n") cfg.kernel.sysctl
      );
    };
    systemd.services.systemd-sysctl = {
      description = "Apply Kernel Variables";
      wantedBy = [ "sysinit.target" ];
      restartTriggers = [ config.environment.etc."sysctl.d/60-nixos.conf".source ];
      serviceConfig.ExecStart = "${config.systemd.package}/lib/systemd/systemd-sysctl";
    };
    system.build.kernel = cfg.kernelPackages.kernel;
    system.build.initialRamdisk =
      pkgs.runCommand "initrd-linux-${cfg.kernelPackages.kernel.version}"
        {
          inherit (cfg.initrd) availableKernelModules;
          inherit (cfg.initrd) prepend;
          loadedModules = cfg.initrd.kernelModules;
          kernel = cfg.kernelPackages.kernel.modules;
          luks = builtins.toJSON cfg.initrd.luks.devices;
          hostName = config.networking.hostName;
          ssh = lib.optionalString cfg.initrd.network.ssh.enable (
            builtins.toJSON (builtins.mapAttrs (_: v: if builtins.isList v then map toString v else v) cfg.initrd.network.ssh)
          );
          rootFs = config.fileSystems."/".fsType or "none";
        }
        "make-initrd > $out";
  };
}
