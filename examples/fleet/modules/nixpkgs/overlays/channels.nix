# Other channels beside the one that packages come from: `pkgs.stable.hello`, `pkgs.unstable.hello`.
{ inputs, lib, ... }:
{
  nixpkgsOverlays = lib.mkBefore [
    (
      _final: prev:
      let
        arguments = {
          inherit (prev.stdenv.hostPlatform) system;
          config.allowUnfree = true;
        };
      in
      {
        stable = import inputs.nixpkgs-stable arguments;
        unstable = import inputs.nixpkgs arguments;
      }
    )
  ];
}
