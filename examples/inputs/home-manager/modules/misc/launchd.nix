# Agents of the home on a Mac.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.launchd;
  agent =
    { name, ... }:
    {
      options = {
        enable = lib.mkEnableOption "the agent";
        config = mkOption {
          type = types.attrsOf types.anything;
          default = { };
          description = "The property list of the agent.";
        };
      };
      config.config.Label = lib.mkDefault "org.nix-community.home.${name}";
    };
  enabled = lib.filterAttrs (_: a: a.enable) cfg.agents;
in
{
  options.launchd = {
    enable = mkOption {
      type = types.bool;
      default = pkgs.stdenv.hostPlatform.isDarwin;
      defaultText = lib.literalExpression "pkgs.stdenv.hostPlatform.isDarwin";
      description = "Whether agents are managed.";
    };
    agents = mkOption {
      type = types.attrsOf (types.submodule agent);
      default = { };
      description = "Agents by name.";
    };
  };
  config = {
    assertions = [
      {
        assertion = enabled != { } -> pkgs.stdenv.hostPlatform.isDarwin;
        message = "Must use Darwin for modules that require Launchd.";
      }
    ];
    home.file = lib.mkIf cfg.enable (
      lib.mapAttrs' (
        _: a:
        lib.nameValuePair "Library/LaunchAgents/${a.config.Label}.plist" {
          text = lib.generators.toPlist { escape = true; } a.config;
        }
      ) enabled
    );
  };
}
