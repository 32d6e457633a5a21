# Takes a finished package set and refuses everything that would change it: for fleets that share one set.
{
  config,
  lib,
  ...
}:
let
  cfg = config.nixpkgs;
  fixed =
    what:
    lib.mkOption {
      readOnly = true;
      description = "${what} of the given package set; it cannot be changed here.";
    };
in
{
  disabledModules = [ ./nixpkgs.nix ];
  options.nixpkgs = {
    pkgs = lib.mkOption {
      type = lib.types.pkgs;
      description = "The package set that the configuration uses.";
    };
    config = fixed "The configuration" // { type = lib.types.raw; };
    overlays = fixed "The overlays" // { type = lib.types.raw; };
    hostPlatform = fixed "The platform" // { type = lib.types.raw; };
    flake.source = lib.mkOption {
      type = lib.types.nullOr (lib.types.either lib.types.str lib.types.path);
      default = null;
      description = "The source that this package collection came from.";
    };
  };
  config = {
    nixpkgs = {
      inherit (cfg.pkgs) config overlays;
      inherit (cfg.pkgs.stdenv) hostPlatform;
    };
    _module.args.pkgs = cfg.pkgs;
  };
}
