# What one needs to keep the fleet: `nix develop`.
{
  perSystem =
    { config, pkgs, ... }:
    {
      devShells.default = pkgs.mkShell {
        packages = [
          config.packages.fleet-status
          config.packages.rotate-keys
          pkgs.fleet-ping
          pkgs.just
          pkgs.sops
        ];
      };
    };
}
