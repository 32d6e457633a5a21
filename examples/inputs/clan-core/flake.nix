# clan-core, reduced to its public interface: a registry of machines, an inventory of services over them, and generated vars.
#
# `flakeModules.default` is what fleets import. `nixosModules.clanCore` and `darwinModules.clanCore` are in every machine.
# `clan.modules` holds the services that an inventory may name with `module.input = "clan-core"`.
{
  description = "Machines, services and vars of a fleet";

  inputs = {
    nixpkgs.url = "path:../nixpkgs";
    nix-darwin = {
      url = "path:../nix-darwin";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    flake-parts = {
      url = "path:../flake-parts";
      inputs.nixpkgs-lib.follows = "nixpkgs";
    };
  };

  outputs =
    inputs@{ self, flake-parts, ... }:
    {
      flakeModules.default = flake-parts.lib.importApply ./flake-module.nix { clan-core = self; };
      flakeModule = self.flakeModules.default;

      modules.clan.default = flake-parts.lib.importApply ./modules/clan.nix { clan-core = self; };
      nixosModules.clanCore = ./machine;
      darwinModules.clanCore = ./machine;

      clan.modules = {
        emergency-access = ./services/emergency-access.nix;
        sshd = ./services/sshd.nix;
        users = ./services/users.nix;
        zerotier = ./services/zerotier.nix;
      };

      # A clan without flake-parts.
      lib.clan =
        module:
        inputs.nixpkgs.lib.evalModules {
          class = "clan";
          specialArgs = {
            inherit (inputs) nixpkgs nix-darwin;
            self = module.self or self;
          };
          modules = [
            self.modules.clan.default
            module
          ];
        };
    };
}
