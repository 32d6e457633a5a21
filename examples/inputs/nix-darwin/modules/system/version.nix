# The state that the system keeps, and the user that it belongs to.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
in
{
  options.system = {
    stateVersion = mkOption {
      type = types.ints.between 1 config.system.maxStateVersion;
      description = "The version of nix-darwin that the machine was set up with; modules keep data formats of that version.";
    };
    maxStateVersion = mkOption {
      type = types.int;
      internal = true;
      readOnly = true;
      default = 6;
      description = "The newest state version there is.";
    };
    configurationRevision = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The revision of the flake that the configuration came from.";
    };
    primaryUser = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The user whose settings options such as `system.defaults` and `homebrew` change.";
    };
    darwinLabel = mkOption {
      type = types.str;
      default = "${config.system.nixpkgsVersion}+darwin${toString config.system.stateVersion}";
      defaultText = lib.literalExpression "the versions of the packages and of the state";
      description = "The version of the system.";
    };
    nixpkgsVersion = mkOption {
      type = types.str;
      internal = true;
      readOnly = true;
      default = lib.trivial.version;
      description = "The version of the packages.";
    };
  };
}
