# Home configurations for the example, with the interface of the real home-manager: standalone homes and modules for machines.
{
  description = "Home configurations for the example fleet";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs =
    { self, nixpkgs }:
    {
      lib = {
        hm = import ./lib { inherit (nixpkgs) lib; };
        homeManagerConfiguration =
          {
            modules ? [ ],
            pkgs,
            lib ? pkgs.lib,
            extraSpecialArgs ? { },
            check ? true,
          }:
          import ./modules {
            inherit
              pkgs
              lib
              check
              extraSpecialArgs
              ;
            configuration =
              { lib, ... }:
              {
                _file = "flake.nix";
                imports = modules ++ [ { programs.home-manager.path = "${self}"; } ];
                nixpkgs = {
                  config = nixpkgs.lib.mkDefault pkgs.config;
                  inherit (pkgs) overlays;
                };
              };
          };
      };

      nixosModules = {
        home-manager = ./nixos.nix;
        default = self.nixosModules.home-manager;
      };
      darwinModules = {
        home-manager = ./nix-darwin.nix;
        default = self.darwinModules.home-manager;
      };
    };
}
