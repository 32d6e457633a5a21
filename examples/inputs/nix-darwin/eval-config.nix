# Evaluates the configuration of a Mac: the base modules and the caller's, of the class `darwin`.
{
  lib,
  modules,
  baseModules ? import ./modules/module-list.nix,
  specialArgs ? { },
  check ? true,
}:
let
  argumentsModule = {
    _file = ./eval-config.nix;
    key = "darwin/arguments";
    _module.args = {
      inherit baseModules modules;
    };
    _module.check = check;
  };

  eval = lib.evalModules {
    class = "darwin";
    modules = modules ++ [ argumentsModule ] ++ baseModules;
    specialArgs = {
      modulesPath = toString ./modules;
    }
    // specialArgs;
  };

  withSystem =
    configuration:
    configuration
    // {
      inherit (configuration._module.args) pkgs;
      system = configuration.config.system.build.toplevel;
      extendModules = args: withSystem (configuration.extendModules args);
    };
in
withSystem eval
