# Zsh for all users. It is the shell of macOS; this makes it know the packages of the system.
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
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether zsh is configured as an interactive shell.";
    };
    enableCompletion = mkOption {
      type = types.bool;
      default = true;
      description = "Whether completion is set up in interactive shells.";
    };
    enableBashCompletion = mkOption {
      type = types.bool;
      default = true;
      description = "Whether completion of bash works too.";
    };
    enableSyntaxHighlighting = mkOption {
      type = types.bool;
      default = false;
      description = "Whether commands have colours while they are typed.";
    };
    histSize = mkOption {
      type = types.int;
      default = 2000;
      description = "How many commands the history keeps.";
    };
    shellInit = lines "Commands that every zsh runs at its start.";
    loginShellInit = lines "Commands that every login zsh runs at its start.";
    interactiveShellInit = lines "Commands that every interactive zsh runs at its start.";
    promptInit = mkOption {
      type = types.lines;
      default = "autoload -U promptinit && promptinit && prompt walters && setopt prompt_sp";
      description = "Commands that set up the prompt.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ pkgs.zsh ];
    environment.pathsToLink = lib.optional cfg.enableCompletion "/share/zsh";
    environment.etc.zshenv.text = ". /etc/set-environment\n" + cfg.shellInit;
    environment.etc.zprofile.text = cfg.loginShellInit;
    environment.etc.zshrc.text = ''
      HISTSIZE=${toString cfg.histSize}
      ${lib.optionalString cfg.enableCompletion "autoload -U compinit && compinit"}
      ${lib.optionalString cfg.enableBashCompletion "autoload -U bashcompinit && bashcompinit"}
      ${cfg.interactiveShellInit}
      ${cfg.promptInit}
    '';
  };
}
