# terranix, reduced to its public interface: Terraform configurations written as Nix modules.
#
# `lib.terranixConfiguration` gives the derivation of config.tf.json; `flakeModule` does it for flake-parts, by system.
{
  description = "Terraform configurations as Nix modules";

  inputs = {
    nixpkgs.url = "path:../nixpkgs";
    flake-parts = {
      url = "path:../flake-parts";
      inputs.nixpkgs-lib.follows = "nixpkgs";
    };
  };

  outputs =
    { self, nixpkgs, flake-parts }:
    {
      lib = import ./lib.nix { inherit nixpkgs; };
      flakeModule = flake-parts.lib.importApply ./flake-module.nix { terranix = self; };
      flakeModules.default = self.flakeModule;
    };
}
