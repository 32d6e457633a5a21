# From outside: `pkgs.fleet-ping` and `pkgs.fleet-greeting`.
{ inputs, lib, ... }:
{
  nixpkgsOverlays = lib.mkAfter [ inputs.overlay-extra.overlays.default ];
}
