# btop.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.btop;
  show = v: if builtins.isBool v then (if v then "True" else "False") else if builtins.isString v then builtins.toJSON v else toString v;
in
{
  options.programs.btop = {
    enable = lib.mkEnableOption "btop";
    package = lib.mkPackageOption pkgs "btop" { nullable = true; };
    settings = mkOption {
      type = types.attrsOf (
        types.oneOf [
          types.bool
          types.float
          types.int
          types.str
        ]
      );
      default = { };
      example = {
        vim_keys = true;
      };
      description = "Settings of `btop.conf`.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = lib.optional (cfg.package != null) cfg.package;
    xdg.configFile."btop/btop.conf" = lib.mkIf (cfg.settings != { }) {
      text = lib.concatStrings (lib.mapAttrsToList (k: v: "${k} = ${show v}\n") cfg.settings);
    };
  };
}
