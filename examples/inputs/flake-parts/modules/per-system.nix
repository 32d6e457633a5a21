# `perSystem`: a module that is evaluated once for every system, and the arguments that it gets.
{
  config,
  lib,
  flake-parts-lib,
  self,
  ...
}:
let
  inherit (lib) genAttrs mapAttrs mkOption types;

  # The outer functions are bound here, since `config` of the inner module is another one.
  outputsOf = config.perInput;

  inputOutputs =
    system: name: input:
    if input._type or "" == "flake" then
      outputsOf system input
    else
      throw "inputs'.${name}: the input is not a flake, so it has no outputs for ${system}";

  outerOnly =
    name:
    throw "`${name}` is an argument of the flake's own modules: take it there, outside of `perSystem`";

  argumentsModule =
    { system, ... }:
    {
      _file = ./per-system.nix;
      _module.args = {
        self' = outputsOf system self;
        inputs' = mapAttrs (inputOutputs system) self.inputs;
        self = outerOnly "self";
        inputs = outerOnly "inputs";
        withSystem = outerOnly "withSystem";
        moduleWithSystem = outerOnly "moduleWithSystem";
        getSystem = outerOnly "getSystem";
      };
    };

  evaluate =
    module: system:
    (lib.evalModules {
      class = "perSystem";
      prefix = [
        "perSystem"
        system
      ];
      specialArgs = { inherit system; };
      modules = [ module ];
    }).config;
in
{
  options = {
    systems = mkOption {
      type = types.listOf types.str;
      description = "The systems that the flake has outputs for.";
    };

    perInput = mkOption {
      type = types.functionTo (types.functionTo (types.lazyAttrsOf types.unspecified));
      description = "From a system and a flake, that flake's outputs for the system.";
    };

    perSystem = mkOption {
      type = flake-parts-lib.mkPerSystemType argumentsModule;
      apply = evaluate;
      description = "A module that is evaluated for every system; its arguments include `pkgs`, `self'` and `inputs'`.";
    };

    allSystems = mkOption {
      type = types.lazyAttrsOf types.unspecified;
      internal = true;
      description = "The evaluated `perSystem` of every system in `systems`.";
    };
  };

  config = {
    allSystems = genAttrs config.systems config.perSystem;
    _module.args.getSystem = system: config.allSystems.${system} or (config.perSystem system);
  };
}
