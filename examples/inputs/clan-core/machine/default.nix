# What clan adds to every machine, NixOS and nix-darwin alike: who it is, how to reach it, and its vars.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  imports = [ ./vars.nix ];

  options.clan.core = {
    settings = {
      directory = mkOption {
        type = types.path;
        description = "The directory of the clan.";
      };
      name = mkOption {
        type = types.str;
        description = "The name of the clan.";
      };
      domain = mkOption {
        type = types.str;
        description = "The domain of the clan.";
      };
      machine.name = mkOption {
        type = types.str;
        description = "The name of this machine in the clan.";
      };
    };

    tags = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "The tags of this machine in the inventory.";
    };

    networking = {
      targetHost = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "Where `clan machines update` connects to: `user@host`.";
      };
      buildHost = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "Where `clan machines update` builds.";
      };
    };

    deployment.requireExplicitUpdate = mkOption {
      type = types.bool;
      default = false;
      description = "Whether `clan machines update` without names leaves this machine out.";
    };
  };
}
