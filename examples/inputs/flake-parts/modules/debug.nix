# `debug = true` publishes the evaluation itself, options included, for `nix repl` and for tools that explain it.
{
  config,
  extendModules,
  flake-parts-lib,
  lib,
  options,
  ...
}:
let
  inherit (lib) mkOption types;

  inspectable =
    evaluation:
    evaluation.config
    // {
      inherit (evaluation) config extendModules options;
      inherit (evaluation.config) _module;
    };
in
{
  options.debug = mkOption {
    type = types.bool;
    default = false;
    description = "Whether to add the outputs `debug` and `allSystems`: the configuration with its options.";
  };

  options.perSystem = flake-parts-lib.mkPerSystemOption (
    {
      config,
      extendModules,
      options,
      ...
    }:
    {
      _file = ./debug.nix;
      options.debug = mkOption {
        type = types.lazyAttrsOf types.raw;
        internal = true;
        description = "What `allSystems.SYSTEM` shows.";
      };
      config.debug = inspectable { inherit config extendModules options; };
    }
  );

  config.flake = lib.mkIf config.debug {
    debug = inspectable { inherit config extendModules options; };
    allSystems = lib.mapAttrs (_: system: system.debug) config.allSystems;
  };
}
