# The system as one derivation. Everything that a machine runs is below it, and it is refused when an assertion fails.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  failed = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
  refuse = throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (m: "- ${m}") failed}";

  system = pkgs.stdenv.mkDerivation (
    {
      name = "nixos-system-${config.system.name}-${config.system.nixos.label}";
      preferLocalBuild = true;
      allowSubstitutes = false;
      inherit (config.system) extraDependencies;
      etc = config.system.build.etc;
      activationScript = config.system.build.activationScript;
      systemPath = config.system.path;
      systemd = config.systemd.package;
      nixosLabel = config.system.nixos.label;
      inherit (config.boot.kernelPackages) kernel;
      initrd = config.system.build.initialRamdisk;
      kernelParams = config.boot.kernelParams;
      bootLoader = config.system.build.installBootLoader;
      firmware = config.hardware.firmware;
      kernelModules = config.boot.extraModulePackages;
      buildCommand = ''
        mkdir -p $out
        ln -s $etc/etc $out/etc
        ln -s $systemPath $out/sw
        ln -s $systemd $out/systemd
        ln -s $kernel/bzImage $out/kernel
        ln -s $initrd $out/initrd
        cp $activationScript $out/activate
        printf "%s" "$kernelParams" > $out/kernel-params
        printf "%s" "$nixosLabel" > $out/nixos-version
        ${config.system.systemBuilderCommands}
      '';
    }
    // config.system.systemBuilderArgs
  );
in
{
  options.system = {
    build = mkOption {
      default = { };
      description = "Things that are built from the configuration, by name.";
      type = types.submoduleWith {
        modules = [
          {
            freeformType = types.lazyAttrsOf (types.uniq types.unspecified);
            options.toplevel = mkOption {
              type = types.package;
              readOnly = true;
              description = "The whole system, which a machine is switched to.";
            };
          }
        ];
      };
    };
    name = mkOption {
      type = types.str;
      default = if config.networking.hostName == "" then "unnamed" else config.networking.hostName;
      defaultText = lib.literalExpression "config.networking.hostName";
      description = "The name of the system in its store path.";
    };
    extraDependencies = mkOption {
      type = types.listOf types.pathInStore;
      default = [ ];
      description = "Store paths that the system keeps without using them.";
    };
    systemBuilderCommands = mkOption {
      type = types.lines;
      internal = true;
      default = "";
      description = "Shell commands that are added to the building of the system.";
    };
    systemBuilderArgs = mkOption {
      type = types.attrsOf types.unspecified;
      internal = true;
      default = { };
      description = "Attributes that are added to the derivation of the system.";
    };
    checks = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Derivations that must build before the system does.";
    };
  };
  config.system.systemBuilderArgs = lib.mkIf (config.system.checks != [ ]) { passedChecks = config.system.checks; };
  config.system.build.toplevel =
    if failed != [ ] then refuse else lib.showWarnings config.warnings system;
}
