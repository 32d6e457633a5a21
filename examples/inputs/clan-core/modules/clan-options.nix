# What a fleet may say about itself: the options of `clan`.
{ lib, self, ... }:
let
  inherit (lib) mkOption types;

  output =
    what:
    mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
      description = "Evaluated ${what} by name.";
    };
in
{
  options = {
    self = mkOption {
      type = types.raw;
      description = "The flake that the clan is in.";
    };

    directory = mkOption {
      type = types.coercedTo types.raw toString types.path;
      default = toString self;
      defaultText = lib.literalExpression "toString self";
      description = "Where `vars`, `sops`, `machines` and `inventory.json` are.";
    };

    meta = {
      name = mkOption {
        type = types.str;
        default = "clan";
        description = "The name of the clan.";
      };
      description = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "What the clan is for.";
      };
      domain = mkOption {
        type = types.str;
        default = "clan";
        description = "The domain below which machines find each other.";
      };
    };

    machines = mkOption {
      type = types.attrsOf types.deferredModule;
      default = { };
      description = "The module of each machine, by name.";
    };

    modules = mkOption {
      type = types.attrsOf types.deferredModule;
      default = { };
      description = "The clan's own services, for `module.input = \"self\"` in the inventory.";
    };

    inventory = mkOption {
      type = types.submodule ./inventory.nix;
      default = { };
      description = "Which machines there are, and which services run where.";
    };

    specialArgs = mkOption {
      type = types.attrsOf types.raw;
      default = { };
      description = "Further arguments for the modules of every machine, usable in `imports`.";
    };

    pkgsForSystem = mkOption {
      type = types.functionTo (types.nullOr types.attrs);
      default = _: null;
      description = "Packages for a system; null for those of the input `nixpkgs`.";
    };

    secrets = mkOption {
      type = types.attrsOf types.anything;
      default = { };
      description = "How the `clan` command encrypts.";
    };

    templates = mkOption {
      type = types.attrsOf types.raw;
      default = { };
      description = "What new machines may start from.";
    };

    nixosConfigurations = output "NixOS machines";
    darwinConfigurations = output "nix-darwin machines";
    nixosModules = output "NixOS modules of machines";

    clanInternals = mkOption {
      type = types.lazyAttrsOf types.raw;
      internal = true;
      description = "What the `clan` command reads.";
    };
  };
}
