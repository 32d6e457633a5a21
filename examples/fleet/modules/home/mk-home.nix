# A home without a machine of the fleet: the same modules, with packages of its own.
{ config, inputs, ... }:
{
  flake.lib.mkHome =
    { user, system }:
    inputs.home-manager.lib.homeManagerConfiguration {
      pkgs = import inputs.nixpkgs {
        inherit system;
        config.allowUnfree = true;
        overlays = [ config.flake.overlays.default ];
      };
      modules = config.flake.users.${user}.modules ++ [
        {
          _file = ./mk-home.nix;
          home.stateVersion = "26.05";
        }
      ];
    };
}
