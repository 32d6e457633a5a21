# Bash.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.bash;
in
{
  options.programs.bash = {
    enable = lib.mkEnableOption "GNU Bourne-Again SHell";
    package = lib.mkPackageOption pkgs "bashInteractive" { nullable = true; };
    enableCompletion = mkOption {
      type = types.bool;
      default = true;
      description = "Whether completion is set up.";
    };
    historySize = mkOption {
      type = types.nullOr types.int;
      default = 10000;
      description = "How many commands the history keeps.";
    };
    shellAliases = mkOption {
      type = types.attrsOf types.str;
      default = { };
      description = "Aliases in bash.";
    };
    profileExtra = mkOption {
      type = types.lines;
      default = "";
      description = "Commands of login shells.";
    };
    bashrcExtra = mkOption {
      type = types.lines;
      default = "";
      description = "Commands of all shells.";
    };
    initExtra = mkOption {
      type = types.lines;
      default = "";
      description = "Commands of interactive shells.";
    };
  };
  config = lib.mkIf cfg.enable {
    programs.bash.shellAliases = builtins.mapAttrs (_: lib.mkDefault) config.home.shellAliases;
    home.packages = lib.optional (cfg.package != null) cfg.package;
    home.file.".bash_profile".text = ". \"$HOME/.hm-session-vars.sh\"\n" + cfg.profileExtra;
    home.file.".bashrc".text =
      cfg.bashrcExtra
      + lib.optionalString (cfg.historySize != null) "HISTSIZE=${toString cfg.historySize}\n"
      + lib.concatStrings (lib.mapAttrsToList (k: v: "alias ${k}=${lib.escapeShellArg v}\n") cfg.shellAliases)
      + cfg.initExtra;
  };
}
