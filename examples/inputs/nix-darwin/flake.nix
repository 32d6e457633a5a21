# System configuration of Macs for the example, with the interface of the real nix-darwin: `lib.darwinSystem` and its options.
{
  description = "Mac configurations for the example fleet";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs =
    { self, nixpkgs }:
    {
      lib = {
        evalConfig = import ./eval-config.nix;
        darwinSystem =
          args@{ modules, ... }:
          self.lib.evalConfig (
            {
              inherit (nixpkgs) lib;
            }
            // removeAttrs args [
              "system"
              "pkgs"
              "inputs"
            ]
            // {
              modules =
                modules
                ++ nixpkgs.lib.optional (args ? pkgs) {
                  _file = "flake.nix";
                  _module.args.pkgs = nixpkgs.lib.mkForce args.pkgs;
                }
                # Kept from before flakes named their platform in the configuration.
                ++ nixpkgs.lib.optional (args.system or null != null) {
                  _file = "flake.nix";
                  nixpkgs.system = nixpkgs.lib.mkDefault args.system;
                }
                ++ [
                  {
                    _file = "flake.nix";
                    nixpkgs.source = nixpkgs.lib.mkDefault nixpkgs.outPath;
                  }
                ];
            }
          );
      };
    };
}
