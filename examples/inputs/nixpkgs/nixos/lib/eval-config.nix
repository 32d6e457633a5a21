# Evaluates a NixOS configuration: the base modules, the caller's modules, and the package set as the module argument `pkgs`.
{
  lib ? import ../../lib,
  # Only a default for `nixpkgs.system`; null leaves the platform to the configuration.
  system ? builtins.currentSystem,
  pkgs ? null,
  baseModules ? import ../modules/module-list.nix,
  extraArgs ? { },
  specialArgs ? { },
  modules,
  modulesLocation ? null,
  extraModules ? [ ],
  prefix ? [ ],
  check ? true,
}:
let
  located =
    if modulesLocation == null then modules else map (lib.setDefaultModuleLocation modulesLocation) modules;

  platformModule = {
    _file = ./eval-config.nix;
    key = ./eval-config.nix;
    config = lib.mkMerge (
      lib.optional (system != null) { nixpkgs.system = lib.mkDefault system; }
      ++ lib.optional (pkgs != null) { _module.args.pkgs = lib.mkForce pkgs; }
      ++ lib.optional (!check) { _module.check = false; }
      ++ lib.optional (extraArgs != { }) { _module.args = extraArgs; }
    );
  };

  # What modules get without asking for it: the base modules themselves, and functions for systemd names.
  argumentsModule = {
    _file = ./eval-config.nix;
    key = "nixos/arguments";
    config._module.args = {
      inherit baseModules extraModules modules;
      noUserModules = base.extendModules { modules = [ ]; };
    };
  };

  utilsModule =
    { pkgs, config, ... }:
    {
      _file = ./eval-config.nix;
      key = "nixos/utils";
      config._module.args.utils = import ./utils.nix { inherit lib config pkgs; };
    };

  base = lib.evalModules {
    inherit prefix;
    class = "nixos";
    specialArgs = {
      modulesPath = toString ../modules;
    }
    // specialArgs;
    modules = baseModules ++ extraModules ++ [
      platformModule
      argumentsModule
      utilsModule
    ];
  };

  withPackages =
    configuration:
    configuration
    // {
      inherit extraArgs lib;
      inherit (configuration._module.args) pkgs;
      extendModules = args: withPackages (configuration.extendModules args);
    };
in
withPackages (base.extendModules { modules = located; })
