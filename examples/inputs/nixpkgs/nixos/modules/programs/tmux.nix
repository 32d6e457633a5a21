# tmux for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.tmux;
in
{
  options.programs.tmux = {
    enable = lib.mkEnableOption "tmux, a terminal multiplexer";
    package = lib.mkPackageOption pkgs "tmux" { };
    baseIndex = mkOption {
      type = types.ints.unsigned;
      default = 0;
      description = "The number of the first window.";
    };
    clock24 = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the clock counts to 24.";
    };
    historyLimit = mkOption {
      type = types.ints.positive;
      default = 2000;
      description = "How many lines a window remembers.";
    };
    keyMode = mkOption {
      type = types.enum [
        "emacs"
        "vi"
      ];
      default = "emacs";
      description = "Whose keys are used.";
    };
    shortcut = mkOption {
      type = types.str;
      default = "b";
      description = "The key that, with Ctrl, starts a command.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `tmux.conf` as they are.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.etc."tmux.conf".text = ''
      set -g base-index ${toString cfg.baseIndex}
      set -g history-limit ${toString cfg.historyLimit}
      set -g mode-keys ${cfg.keyMode}
      set -g prefix C-${cfg.shortcut}
      set -g clock-mode-style ${if cfg.clock24 then "24" else "12"}
    ''
    + cfg.extraConfig;
  };
}
