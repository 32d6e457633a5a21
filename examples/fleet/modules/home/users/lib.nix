# `flake.users.NAME`: the people, with what their homes are made of. Machines and standalone homes use `modules` alike.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  # Who a home belongs to. An alias must win over the identity that it shares everything else with.
  identityOf =
    { user, setter }:
    { config, pkgs, ... }:
    {
      home.username = setter user;
      home.homeDirectory = setter (
        if pkgs.stdenv.hostPlatform.isDarwin then
          "/Users/${config.home.username}"
        else
          "/home/${config.home.username}"
      );
    };

  userModule =
    { config, name, ... }:
    {
      options = {
        meta = {
          fullname = mkOption {
            type = types.str;
            description = "The name of the person.";
          };
          email = mkOption {
            type = types.str;
            description = "Where to write to them.";
          };
          isAdmin = mkOption {
            type = types.bool;
            default = false;
            description = "Whether they may log in to servers as root.";
          };
          sshKeys = mkOption {
            type = types.listOf types.singleLineStr;
            default = [ ];
            description = "Their public keys.";
          };
        };
        aggregates = mkOption {
          type = types.listOf types.deferredModule;
          default = [ ];
          description = "Aspects of their home, from `flake.modules.homeManager`.";
        };
        contentPrivate = mkOption {
          type = types.deferredModule;
          default = { };
          description = "What is theirs alone.";
        };
        identity = mkOption {
          type = types.deferredModule;
          default = identityOf {
            user = name;
            setter = lib.mkDefault;
          };
          description = "Name and directory of the home.";
        };
        modules = mkOption {
          type = types.listOf types.deferredModule;
          readOnly = true;
          description = "All of it, for `imports`.";
        };
      };
      config.modules = config.aggregates ++ [
        config.contentPrivate
        config.identity
      ];
    };
in
{
  options.flake.users = mkOption {
    type = types.attrsOf (types.submodule userModule);
    default = { };
    description = "The people who have accounts on machines of the fleet.";
  };

  config.flake.lib.identityOf = identityOf;
}
