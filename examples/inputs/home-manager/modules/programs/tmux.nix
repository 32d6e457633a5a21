# tmux.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.tmux;
  bool =
    default: description:
    mkOption {
      type = types.bool;
      inherit default description;
    };
  onOff = b: if b then "on" else "off";
in
{
  options.programs.tmux = {
    enable = lib.mkEnableOption "tmux";
    package = lib.mkPackageOption pkgs "tmux" { };
    baseIndex = mkOption {
      type = types.ints.unsigned;
      default = 0;
      description = "The number of the first window.";
    };
    clock24 = bool false "Whether the clock counts to 24.";
    mouse = bool false "Whether the mouse works.";
    escapeTime = mkOption {
      type = types.ints.unsigned;
      default = 500;
      description = "Milliseconds that tmux waits after Escape.";
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
    prefix = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "C-a";
      description = "The key that starts a command; null keeps tmux's own.";
    };
    terminal = mkOption {
      type = types.str;
      default = "screen";
      description = "The terminal that programs see.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `tmux.conf` as they are.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    xdg.configFile."tmux/tmux.conf".text = ''
      set -g default-terminal "${cfg.terminal}"
      set -g base-index ${toString cfg.baseIndex}
      set -g mode-keys ${cfg.keyMode}
      set -g mouse ${onOff cfg.mouse}
      set -g clock-mode-style ${if cfg.clock24 then "24" else "12"}
      set -s escape-time ${toString cfg.escapeTime}
      set -g history-limit ${toString cfg.historyLimit}
    ''
    + lib.optionalString (cfg.prefix != null) "set -g prefix ${cfg.prefix}\n"
    + cfg.extraConfig;
  };
}
