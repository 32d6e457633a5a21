# The kernel, its modules and parameters, and the small system in memory that it starts with.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names needs packages several switch text;
  inherit (lib) types;
  inherit (types) attrsOf bool coercedTo either int listOf nullOr oneOf path port str strMatching submodule;
  cfg = config.boot;
  inherit (cfg.kernelPackages) kernel;

  shown = value: if lib.isBool value then (if value then "1" else "0") else toString value;
  encrypted.options = {
    device = needs str "The device that is encrypted.";
    allowDiscards = switch false "Whether the disk may know what is free.";
    keyFile = maybe str "A file with the key.";
  };
in
{
  options.boot = {
    kernelPackages = has types.raw pkgs.linuxPackages "The kernel, with the packages that are built for it." // {
      example = lib.literalExpression "pkgs.linuxPackages_latest";
    };
    kernelParams = has (listOf (strMatching ''([^"[:space:]]|"[^"]*")+'')) [ ] "The kernel's command line.";
    kernelModules = names "Modules that are loaded when the machine starts.";
    blacklistedKernelModules = names "Modules that are not loaded by themselves.";
    extraModulePackages = packages "Packages with further modules.";
    extraModprobeConfig = text "Lines for `modprobe.conf`.";
    consoleLogLevel = has int 4 "How much the kernel says.";
    supportedFilesystems =
      has (coercedTo (listOf str) (kinds: lib.genAttrs kinds (_: true)) (attrsOf bool)) { }
        "Kinds of file systems that can be mounted.";
    tmp.useTmpfs = switch false "Whether `/tmp` is in memory.";
    tmp.cleanOnBoot = switch false "Whether `/tmp` is emptied when the machine starts.";
    kernel.sysctl = lib.mkOption {
      type = submodule { freeformType = attrsOf (nullOr (oneOf [ bool int str ])); };
      default = { };
      example."net.ipv4.ip_forward" = true;
      description = "Settings of the running kernel.";
    };
    initrd = {
      availableKernelModules = names "Modules that are there before disks are.";
      kernelModules = names "Modules that are loaded before disks are there.";
      prepend = names "What comes before it, such as microcode.";
      systemd.enable = switch false "Whether systemd runs in it.";
      network.enable = switch false "Whether it has a network.";
      network.ssh = {
        enable = switch false "Whether one can log in to it, to open disks.";
        port = has port 22 "The port for that.";
        hostKeys = has (listOf (either str path)) [ ] "Keys of the machine then.";
        authorizedKeys = names "Public keys that may log in then.";
      };
      luks.devices = several encrypted "Encrypted disks, which are opened before the root is mounted.";
    };
  };
  config = {
    assertions = [
      {
        assertion = !cfg.initrd.network.ssh.enable || cfg.initrd.network.ssh.authorizedKeys != [ ];
        message = "Nobody could log in to open disks: set `boot.initrd.network.ssh.authorizedKeys`.";
      }
    ];
    boot.kernelParams = [ "loglevel=${toString cfg.consoleLogLevel}" ];
    boot.kernel.sysctl = {
      "kernel.kptr_restrict" = lib.mkDefault 1;
      "net.ipv4.conf.all.forwarding" = lib.mkDefault false;
    };
    environment.etc = {
      "modprobe.d/nixos.conf".text =
        lib.concatMapStrings (module: "blacklist ${module}\n") cfg.blacklistedKernelModules + cfg.extraModprobeConfig;
      "modules-load.d/nixos.conf".text = lib.concatLines cfg.kernelModules;
      "sysctl.d/60-nixos.conf".text = lib.concatStrings (
        lib.mapAttrsToList (name: value: lib.optionalString (value != null) "${name}=${shown value}\n") cfg.kernel.sysctl
      );
    };
    systemd.services.systemd-sysctl = {
      description = "Settings of the kernel";
      wantedBy = [ "sysinit.target" ];
      restartTriggers = [ config.environment.etc."sysctl.d/60-nixos.conf".source ];
      serviceConfig.ExecStart = "${config.systemd.package}/lib/systemd/systemd-sysctl";
    };
    system.build = {
      inherit kernel;
      initialRamdisk = pkgs.runCommand "initrd-linux-${kernel.version}" {
        inherit (cfg.initrd) availableKernelModules kernelModules prepend;
        inherit (config.networking) hostName;
        drivers = kernel.modules;
        encrypted = builtins.toJSON cfg.initrd.luks.devices;
        rootFs = config.fileSystems."/".fsType or "none";
        ssh = lib.optionalString cfg.initrd.network.ssh.enable (builtins.toJSON cfg.initrd.network.ssh);
      } "make-initrd > $out";
    };
  };
}
