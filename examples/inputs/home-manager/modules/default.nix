# Evaluates one home. The result is an evaluation with the activation package beside it.
{
  configuration,
  pkgs,
  lib ? pkgs.lib,
  check ? true,
  extraSpecialArgs ? { },
}:
let
  extendedLib = lib.extend (final: _: { hm = import ../lib { lib = final; }; });

  eval = extendedLib.evalModules {
    class = "homeManager";
    modules = [
      configuration
      { _module.check = check; }
    ]
    ++ import ./module-list.nix
    ++ [ (import ./packages-argument.nix { inherit pkgs; }) ];
    specialArgs = {
      modulesPath = toString ./.;
      osConfig = null;
    }
    // extraSpecialArgs
    // {
      lib = extendedLib;
    };
  };

  withPackage =
    evaluation:
    let
      failed = map (a: a.message) (lib.filter (a: !a.assertion) evaluation.config.assertions);
      checked =
        if failed != [ ] then
          throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (m: "- ${m}") failed}"
        else
          lib.showWarnings evaluation.config.warnings;
    in
    evaluation
    // {
      inherit (evaluation._module.args) pkgs;
      activationPackage = checked evaluation.config.home.activationPackage;
      activation-script = checked evaluation.config.home.activationPackage;
      extendModules = args: withPackage (evaluation.extendModules args);
    };
in
withPackage eval
