# flake-parts, reduced to its public interface: flake outputs written as modules.
#
# `lib.mkFlake` evaluates the modules in modules/; what is in extras/ a flake imports when it wants it, by `flakeModules`.
{
  description = "Flake outputs as modules";

  inputs.nixpkgs-lib.url = "path:../nixpkgs";

  outputs =
    { nixpkgs-lib, ... }:
    {
      lib = import ./lib.nix { inherit (nixpkgs-lib) lib; };
      flakeModules.modules = ./extras/modules.nix;
      flakeModule = ./extras/modules.nix;
    };
}
