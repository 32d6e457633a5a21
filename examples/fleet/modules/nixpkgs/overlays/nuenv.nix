# From outside: `pkgs.nuenv`.
{ inputs, lib, ... }:
{
  nixpkgsOverlays = lib.mkAfter [ inputs.nuenv.overlays.default ];
}
