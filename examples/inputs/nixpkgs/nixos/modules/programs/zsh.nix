# Zsh for all users.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has switch text;
  inherit (lib.types) attrsOf either int lines listOf nullOr path str;
  cfg = config.programs.zsh;
  aliases = lib.filterAttrs (_: value: value != null) cfg.shellAliases;
in
{
  options.programs.zsh = {
    enable = switch false "Whether everybody may have zsh.";
    enableCompletion = switch true "Whether it completes what one types.";
    autosuggestions.enable = switch false "Whether it suggests what one typed before.";
    syntaxHighlighting.enable = switch false "Whether it colours what one types.";
    histSize = has int 2000 "How many commands it remembers.";
    histFile = has str "$HOME/.zsh_history" "Where it remembers them.";
    setOptions = has (listOf str) [ "HIST_IGNORE_DUPS" "SHARE_HISTORY" "HIST_FCNTL_LOCK" ] "Options that are switched on.";
    shellAliases = has (attrsOf (nullOr (either str path))) { } "Aliases; null takes one away.";
    shellInit = text "What every zsh runs when it starts.";
    interactiveShellInit = text "What every interactive zsh runs when it starts.";
    loginShellInit = text "What every login zsh runs when it starts.";
    promptInit = has lines "autoload -U promptinit && promptinit" "What sets up the prompt.";
  };
  config = lib.mkIf cfg.enable {
    programs.zsh.shellAliases = lib.mapAttrs (_: lib.mkDefault) config.environment.shellAliases;
    environment = {
      systemPackages = [ pkgs.zsh ];
      shells = [ "/run/current-system/sw/bin/zsh" pkgs.zsh ];
      pathsToLink = lib.optional cfg.enableCompletion "/share/zsh";
      etc.zshenv.text = ". /etc/set-environment\n" + cfg.shellInit;
      etc.zprofile.text = cfg.loginShellInit;
      etc.zshrc.text = lib.concatLines (
        [
          "HISTSIZE=${toString cfg.histSize}"
          "HISTFILE=${cfg.histFile}"
          "setopt ${toString cfg.setOptions}"
        ]
        ++ lib.optional cfg.enableCompletion "autoload -U compinit && compinit"
        ++ lib.mapAttrsToList (name: value: "alias -- ${name}=${lib.escapeShellArg value}") aliases
        ++ [
          cfg.interactiveShellInit
          cfg.promptInit
        ]
      );
    };
  };
}
