# Zsh.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.zsh;
  bool =
    default: description:
    mkOption {
      type = types.bool;
      inherit default description;
    };
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
    enable = lib.mkEnableOption "Z shell (Zsh)";
    package = lib.mkPackageOption pkgs "zsh" { };
    dotDir = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = ".config/zsh";
      description = "Where the files of zsh are, relative to the home; null means the home itself.";
    };
    autocd = mkOption {
      type = types.nullOr types.bool;
      default = null;
      description = "Whether the name of a directory is enough to go there.";
    };
    enableCompletion = bool true "Whether completion is set up.";
    autosuggestion.enable = bool false "Whether the history suggests while one types.";
    syntaxHighlighting.enable = bool false "Whether commands have colours while they are typed.";
    defaultKeymap = mkOption {
      type = types.nullOr (
        types.enum [
          "emacs"
          "vicmd"
          "viins"
        ]
      );
      default = null;
      description = "Whose keys are used.";
    };
    shellAliases = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example = {
        ll = "ls -l";
      };
      description = "Aliases in zsh.";
    };
    sessionVariables = mkOption {
      type = types.attrsOf (types.either types.str types.int);
      default = { };
      description = "Variables of zsh sessions.";
    };
    history = {
      size = mkOption {
        type = types.int;
        default = 10000;
        description = "How many commands the history keeps in memory.";
      };
      save = mkOption {
        type = types.int;
        default = cfg.history.size;
        defaultText = lib.literalExpression "config.programs.zsh.history.size";
        description = "How many commands the history keeps on disk.";
      };
      path = mkOption {
        type = types.str;
        default = "$HOME/.zsh_history";
        description = "Where the history is kept.";
      };
      ignoreDups = bool true "Whether a repeated command is kept once.";
      share = bool true "Whether sessions share their history.";
    };
    initContent = lines "Commands of interactive shells; mkOrder says where among those of others.";
    profileExtra = lines "Commands of login shells.";
    envExtra = lines "Commands of all shells.";
  };
  config =
    let
      at = name: if cfg.dotDir == null then name else "${cfg.dotDir}/${name}";
    in
    lib.mkIf cfg.enable {
      programs.zsh.shellAliases = builtins.mapAttrs (_: lib.mkDefault) config.home.shellAliases;
      # Where the real order puts them: settings first, then what others add, then aliases.
      programs.zsh.initContent = lib.mkMerge [
        (lib.mkOrder 520 (
          "HISTSIZE=${toString cfg.history.size}\nSAVEHIST=${toString cfg.history.save}\nHISTFILE=${cfg.history.path}\n"
          + lib.optionalString cfg.history.ignoreDups "setopt HIST_IGNORE_DUPS\n"
          + lib.optionalString cfg.history.share "setopt SHARE_HISTORY\n"
          + lib.optionalString (cfg.autocd != null) "${if cfg.autocd then "setopt" else "unsetopt"} autocd\n"
          + lib.optionalString (cfg.defaultKeymap != null) "bindkey ${
            {
              emacs = "-e";
              vicmd = "-a";
              viins = "-v";
            }
            .${cfg.defaultKeymap}
          }\n"
        ))
        (lib.mkIf cfg.enableCompletion (lib.mkOrder 570 "autoload -U compinit && compinit"))
        (lib.mkOrder 1100 (
          lib.concatStrings (lib.mapAttrsToList (k: v: "alias -- ${k}=${lib.escapeShellArg v}\n") cfg.shellAliases)
        ))
      ];
      home.packages = [ cfg.package ];
      home.file = {
        ".zshenv".text =
          ". \"$HOME/.hm-session-vars.sh\"\n"
          + lib.optionalString (cfg.dotDir != null) "export ZDOTDIR=\"$HOME/${cfg.dotDir}\"\n"
          + lib.optionalString (cfg.sessionVariables != { }) (lib.hm.shell.exportAll cfg.sessionVariables + "\n")
          + cfg.envExtra;
        ${at ".zshrc"}.text = cfg.initContent;
        ${at ".zprofile"} = lib.mkIf (cfg.profileExtra != "") { text = cfg.profileExtra; };
      };
    };
}
