# The example package collection as a flake, with the outputs that fleets use of nixpkgs. It is small and made for the example:
# the interfaces are those of the real one, so a fleet written against it works with either.
{
  description = "The package collection of the example fleet (unstable channel)";

  outputs =
    { self }:
    let
      lib = import ./lib;
      forAllSystems = lib.genAttrs lib.systems.flakeExposed;
    in
    {
      lib = lib.extend (
        final: _: {
          nixos = import ./nixos/lib { lib = final; };
          nixosSystem =
            args:
            import ./nixos/lib/eval-config.nix (
              {
                lib = final;
                # Purely evaluated: the platform comes from `nixpkgs.hostPlatform`, never from the machine that asks.
                system = null;
              }
              // args
              // {
                modules = args.modules ++ [
                  {
                    _file = "flake.nix";
                    config.nixpkgs.flake.source = self.outPath;
                  }
                ];
              }
            );
        }
      );
      legacyPackages = forAllSystems (system: import ./. { inherit system; });
      nixosModules = {
        readOnlyPkgs = ./nixos/modules/misc/nixpkgs-read-only.nix;
        notDetected = ./nixos/modules/installer/scan/not-detected.nix;
      };
    };
}
