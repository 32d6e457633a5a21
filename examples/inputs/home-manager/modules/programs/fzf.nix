# fzf, hooked into the shells that the home has.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.fzf;
in
{
  options.programs.fzf = {
    enable = lib.mkEnableOption "fzf, a command-line fuzzy finder";
    package = lib.mkPackageOption pkgs "fzf" { };
    defaultCommand = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "fd --type f";
      description = "The command that lists what is searched.";
    };
    defaultOptions = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Options of fzf.";
    };
    enableZshIntegration = mkOption {
      type = types.bool;
      default = true;
      description = "Whether zsh uses fzf.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    home.sessionVariables = lib.mkMerge [
      (lib.mkIf (cfg.defaultCommand != null) { FZF_DEFAULT_COMMAND = cfg.defaultCommand; })
      (lib.mkIf (cfg.defaultOptions != [ ]) { FZF_DEFAULT_OPTS = toString cfg.defaultOptions; })
    ];
    programs.zsh.initContent = lib.mkIf cfg.enableZshIntegration (
      lib.mkOrder 910 "source <(${lib.getExe cfg.package} --zsh)"
    );
  };
}
