# Servers do not pin `nixpkgs` in their registry of flakes. Its path would be that of this whole repository, since the inputs are
# in it, and every edit anywhere would change every server.
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      nixpkgs.flake.source = lib.mkForce null;
    };
}
