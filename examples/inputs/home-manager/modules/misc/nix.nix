# Nix settings of one person.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.nix;
  show =
    v:
    if builtins.isBool v then
      lib.boolToString v
    else if builtins.isList v then
      lib.concatMapStringsSep " " show v
    else
      toString v;
in
{
  options.nix = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the home configures Nix.";
    };
    package = mkOption {
      type = types.nullOr types.package;
      default = null;
      description = "The Nix package that the settings are for.";
    };
    settings = mkOption {
      type = types.attrsOf (
        types.oneOf [
          types.bool
          types.int
          types.str
          (types.listOf types.str)
        ]
      );
      default = { };
      description = "Settings of the person's `nix.conf`.";
    };
  };
  config = lib.mkIf (cfg.enable && cfg.settings != { }) {
    xdg.configFile."nix/nix.conf".text = lib.concatStrings (
      lib.mapAttrsToList (k: v: "${k} = ${show v}\n") cfg.settings
    );
  };
}
