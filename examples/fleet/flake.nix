# The example fleet: four Linux servers and four Macs. Everything about them is in modules/, one concern a file; this file only
# names the inputs. They are small stand-ins in ../inputs with the interfaces of the real ones, so nothing is downloaded.
{
  description = "Eight machines, written as aspects";

  inputs = {
    nixpkgs.url = "path:../inputs/nixpkgs";
    nixpkgs-stable.url = "path:../inputs/nixpkgs-stable";

    import-tree.url = "path:../inputs/import-tree";

    flake-parts = {
      url = "path:../inputs/flake-parts";
      inputs.nixpkgs-lib.follows = "nixpkgs";
    };

    nix-darwin = {
      url = "path:../inputs/nix-darwin";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    home-manager = {
      url = "path:../inputs/home-manager";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    clan-core = {
      url = "path:../inputs/clan-core";
      inputs = {
        nixpkgs.follows = "nixpkgs";
        nix-darwin.follows = "nix-darwin";
        flake-parts.follows = "flake-parts";
      };
    };

    terranix = {
      url = "path:../inputs/terranix";
      inputs = {
        nixpkgs.follows = "nixpkgs";
        flake-parts.follows = "flake-parts";
      };
    };

    nuenv = {
      url = "path:../inputs/overlay-nuenv";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    # Its packages are tested against the nixpkgs it names itself, so that one stays as it is.
    overlay-extra.url = "path:../inputs/overlay-extra";
  };

  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
}
