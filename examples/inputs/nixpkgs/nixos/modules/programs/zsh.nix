# Zsh for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.zsh;
  lines =
    description:
    mkOption {
      type = types.lines;
      default = "";
      inherit description;
    };
in
{
  options.programs.zsh = {
    enable = lib.mkEnableOption "zsh, a shell with good completion";
    enableCompletion = mkOption {
      type = types.bool;
      default = true;
      description = "Whether completion is set up in interactive shells.";
    };
    autosuggestions.enable = lib.mkEnableOption "suggestions from the history while typing";
    syntaxHighlighting.enable = lib.mkEnableOption "colours while typing";
    histSize = mkOption {
      type = types.int;
      default = 2000;
      description = "How many commands the history keeps.";
    };
    histFile = mkOption {
      type = types.str;
      default = "$HOME/.zsh_history";
      description = "Where the history is kept.";
    };
    setOptions = mkOption {
      type = types.listOf types.str;
      default = [
        "HIST_IGNORE_DUPS"
        "SHARE_HISTORY"
        "HIST_FCNTL_LOCK"
      ];
      description = "Options that `setopt` switches on.";
    };
    shellAliases = mkOption {
      type = types.attrsOf (types.nullOr (types.either types.str types.path));
      default = { };
      description = "Aliases in zsh.";
    };
    shellInit = lines "Commands that every zsh runs at its start.";
    interactiveShellInit = lines "Commands that every interactive zsh runs at its start.";
    loginShellInit = lines "Commands that every login zsh runs at its start.";
    promptInit = mkOption {
      type = types.lines;
      default = "autoload -U promptinit && promptinit && prompt suse && setopt prompt_sp";
      description = "Commands that set up the prompt.";
    };
  };
  config = lib.mkIf cfg.enable {
    programs.zsh.shellAliases = builtins.mapAttrs (_: lib.mkDefault) config.environment.shellAliases;
    environment.systemPackages = [ pkgs.zsh ];
    environment.shells = [
      "/run/current-system/sw/bin/zsh"
      pkgs.zsh
    ];
    environment.pathsToLink = lib.optional cfg.enableCompletion "/share/zsh";
    environment.etc.zshenv.text = ". /etc/set-environment\n" + cfg.shellInit;
    environment.etc.zprofile.text = cfg.loginShellInit;
    environment.etc.zshrc.text = ''
      HISTSIZE=${toString cfg.histSize}
      HISTFILE=${cfg.histFile}
      setopt ${toString cfg.setOptions}
      ${lib.optionalString cfg.enableCompletion "autoload -U compinit && compinit"}
      ${lib.concatStringsSep "\n" (
        lib.mapAttrsToList (k: v: "alias -- ${k}=${lib.escapeShellArg v}") (
          lib.filterAttrs (_: v: v != null) cfg.shellAliases
        )
      )}
      ${cfg.interactiveShellInit}
      ${cfg.promptInit}
    '';
  };
}
