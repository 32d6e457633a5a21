# The example's nixpkgs as a flake, with the outputs that fleets use. It is small and made for the example, but its interfaces
# are those of the real one, so a fleet that is written for it works with either.
{
  description = "The package collection of the example fleet (unstable channel)";

  outputs =
    { self }:
    let
      lib = import ./lib;
      withSystems = final: _: {
        nixos = import ./nixos/lib { lib = final; };
        nixosSystem =
          args:
          import ./nixos/lib/eval-config.nix (
            args
            // {
              lib = args.lib or final;
              modules = args.modules ++ [
                {
                  _file = "flake.nix";
                  nixpkgs.flake.source = self.outPath;
                }
              ];
            }
          );
      };
    in
    {
      lib = lib.extend withSystems;
      legacyPackages = lib.genAttrs lib.systems.flakeExposed (system: import ./. { inherit system; });
    };
}
