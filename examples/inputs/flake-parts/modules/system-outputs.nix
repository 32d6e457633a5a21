# The standard outputs that differ by system. Each is an option of `perSystem` and an output of the flake.
{ lib, flake-parts-lib, ... }:
let
  inherit (lib) mkOption types;

  appModule = {
    options = {
      type = mkOption {
        type = types.enum [ "app" ];
        default = "app";
        description = "What Nix requires it to be.";
      };
      program = mkOption {
        type = types.coercedTo types.package lib.getExe types.str;
        description = "The program that `nix run` starts: a path, or a package with a main program.";
      };
      meta = mkOption {
        type = types.lazyAttrsOf types.raw;
        default = { };
        description = "What `nix flake show` tells about the app.";
      };
    };
  };

  outputs = {
    packages = {
      type = types.lazyAttrsOf types.package;
      description = "What `nix build` builds by name.";
    };
    legacyPackages = {
      type = types.lazyAttrsOf types.raw;
      description = "Package sets and other values that `nix flake check` must not walk.";
    };
    devShells = {
      type = types.lazyAttrsOf types.package;
      description = "What `nix develop` enters by name.";
    };
    checks = {
      type = types.lazyAttrsOf types.package;
      description = "What `nix flake check` builds.";
    };
    apps = {
      type = types.lazyAttrsOf (types.submodule appModule);
      description = "What `nix run` starts by name.";
    };
  };

  moduleOf =
    name: declaration:
    flake-parts-lib.mkTransposedPerSystemModule {
      inherit name;
      file = ./system-outputs.nix;
      option = mkOption (declaration // { default = { }; });
    };
in
{
  imports = lib.mapAttrsToList moduleOf outputs;
}
