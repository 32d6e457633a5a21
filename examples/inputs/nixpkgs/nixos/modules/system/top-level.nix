# The system as one derivation: all that a machine runs is below it. It is refused when an assertion does not hold.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has needs packages text;
  inherit (lib) types;
  cfg = config.system;

  parts = {
    inherit (cfg.build) activationScript etc;
    inherit (cfg) extraDependencies;
    inherit (config.boot) kernelParams;
    initrd = cfg.build.initialRamdisk;
    installBootLoader = cfg.build.installBootLoader;
    kernel = config.boot.kernelPackages.kernel;
    label = cfg.nixos.label;
    moreDrivers = config.boot.extraModulePackages;
    moreFirmware = config.hardware.firmware;
    software = cfg.path;
    systemd = config.systemd.package;
  };
  system = pkgs.runCommandLocal "nixos-system-${cfg.name}-${cfg.nixos.label}" (parts // cfg.systemBuilderArgs) ''
    mkdir $out
    for part in etc software systemd kernel initrd; do
      ln -s "$(printenv $part)" $out/$part
    done
    cp $activationScript $out/activate
    echo "$kernelParams" > $out/kernel-params
    echo "$label" > $out/nixos-version
    ${cfg.systemBuilderCommands}
  '';
in
{
  options.system = {
    build = lib.mkOption {
      default = { };
      description = "What is built out of the configuration, by name.";
      type = types.submodule {
        freeformType = types.lazyAttrsOf (types.uniq types.unspecified);
        options.toplevel = needs types.package "The whole system, which a machine switches to." // {
          readOnly = true;
        };
      };
    };
    name = has types.str (if config.networking.hostName == "" then "unnamed" else config.networking.hostName) "What the system is called in the store.";
    extraDependencies = has (types.listOf types.pathInStore) [ ] "What the system keeps without using it.";
    checks = packages "What must build before the system does.";
    systemBuilderCommands = text "What else is done to build it." // {
      internal = true;
    };
    systemBuilderArgs = has (types.attrsOf types.unspecified) { } "What else it is built with." // {
      internal = true;
    };
  };
  config.system = {
    systemBuilderArgs = lib.mkIf (cfg.checks != [ ]) { passedChecks = cfg.checks; };
    build.toplevel = lib.asserts.checkAssertWarn config.assertions config.warnings system;
  };
}
