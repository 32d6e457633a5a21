# `fleet.roles.NAME`: what a NixOS server is for, beside how it is built. Kept apart from `flake.modules` so that a role is not
# published, and so that a machine shows at a glance which purpose it has.
{ lib, ... }:
{
  options.fleet.roles = lib.mkOption {
    type = lib.types.lazyAttrsOf lib.types.deferredModule;
    default = { };
    description = "Purposes of NixOS servers, by name. Files may extend each other's roles.";
  };
}
