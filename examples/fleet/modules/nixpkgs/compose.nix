# One overlay out of all: channels first, then fallbacks and overrides, then overlays from outside, then our own packages.
{
  config,
  lib,
  withSystem,
  ...
}:
{
  flake.overlays.default =
    final: prev:
    let
      listed = lib.composeManyExtensions config.nixpkgsOverlays;
      customPackages = withSystem prev.stdenv.hostPlatform.system ({ config, ... }: config.customPackages);
    in
    listed final prev // removeAttrs customPackages config.customPackageExcludes;
}
