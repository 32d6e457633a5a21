# The functions of flake-parts: `mkFlake`, and what modules need to add options to `flake` and `perSystem`.
{ lib }:
let
  inherit (lib) mkOption types;

  # Always evaluated, in this order, before the flake's own module.
  coreModules = [
    ./modules/configurations.nix
    ./modules/debug.nix
    ./modules/flake.nix
    ./modules/formatter.nix
    ./modules/nixpkgs.nix
    ./modules/per-system.nix
    ./modules/system-outputs.nix
    ./modules/transposition.nix
    ./modules/with-system.nix
  ];

  noInputs = throw ''
    flake-parts: the outputs function must hand on all of its arguments:

        outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { … };
  '';

  flake-parts-lib = rec {
    # The `evalModules` result of a flake module. `module` gets `inputs`, `self` and `flake-parts-lib` as special arguments,
    # so that they may be used in `imports`.
    evalFlakeModule =
      {
        inputs ? noInputs,
        self ? inputs.self,
        specialArgs ? { },
        moduleLocation ? "${self.outPath}/flake.nix",
      }:
      module:
      lib.evalModules {
        class = "flake";
        specialArgs = {
          inherit
            flake-parts-lib
            inputs
            moduleLocation
            self
            ;
        }
        // specialArgs;
        modules = coreModules ++ [ (lib.setDefaultModuleLocation moduleLocation module) ];
      };

    mkFlake = args: module: (evalFlakeModule args module).config.processedFlake;

    # A flake stands for its default flake module, so `imports` may list flakes.
    defaultModule = flake: if flake._type or "" == "flake" then flake.flakeModules.default or flake else flake;

    # Types of several declarations of `perSystem` merge into one that has all of their modules.
    mkPerSystemType = module: types.deferredModuleWith { staticModules = [ module ]; };
    mkPerSystemOption = module: mkOption { type = mkPerSystemType module; };
    mkDeferredModuleType = mkPerSystemType;
    mkDeferredModuleOption = mkPerSystemOption;

    # An option that is a submodule with these options, to be merged with other declarations of it.
    mkSubmoduleOptions =
      options: mkOption { type = types.submoduleWith { modules = [ { inherit options; } ]; }; };

    # A module that declares `perSystem.NAME` and publishes it as `flake.NAME.SYSTEM`.
    mkTransposedPerSystemModule =
      {
        name,
        option,
        file,
      }:
      {
        _file = file;
        options.flake.${name} = mkOption {
          type = types.lazyAttrsOf option.type;
          default = { };
          description = "`perSystem.${name}` of every system.";
        };
        options.perSystem = mkPerSystemOption {
          _file = file;
          options.${name} = option;
        };
        config.transposition.${name} = { };
      };

    # A module in a file that needs more than module arguments, still known by its file.
    importApply = file: arguments: lib.setDefaultModuleLocation file (import file arguments);
  };
in
flake-parts-lib
