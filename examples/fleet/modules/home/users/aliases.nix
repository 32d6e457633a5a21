# Other names of the same person: newer machines know crs58 as cameron.
{
  config,
  lib,
  ...
}:
let
  inherit (config.flake) users;

  aliasOf = alias: target: {
    inherit (users.${target}) aggregates contentPrivate;
    meta = users.${target}.meta // {
      isAdmin = false;
    };
    identity = config.flake.lib.identityOf {
      user = alias;
      setter = lib.mkForce;
    };
  };
in
{
  options.flake.userAliases = lib.mkOption {
    type = lib.types.attrsOf lib.types.str;
    default = { };
    description = "For each further name the user that it stands for.";
  };

  config.flake = {
    userAliases.cameron = "crs58";
    users = lib.mapAttrs aliasOf config.flake.userAliases;
  };
}
