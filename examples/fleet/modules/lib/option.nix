# Functions that several modules need, published as `lib`.
{ lib, ... }:
{
  options.flake.lib = lib.mkOption {
    type = lib.types.lazyAttrsOf lib.types.raw;
    default = { };
    description = "Functions of this fleet.";
  };
}
