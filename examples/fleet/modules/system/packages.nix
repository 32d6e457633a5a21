# Programs that every machine has.
{
  flake.modules.nixos.base =
    { pkgs, lib, ... }:
    {
      environment.systemPackages = lib.mkBefore [
        pkgs.git
        pkgs.curl
      ];
    };

  flake.modules.darwin.base =
    { pkgs, lib, ... }:
    {
      environment.systemPackages = lib.mkBefore [
        pkgs.git
        pkgs.curl
      ];
    };
}
