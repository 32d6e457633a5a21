# tmux for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.programs.tmux;
in
{
  options.programs.tmux = {
    enable = lib.mkEnableOption "tmux, a terminal multiplexer";
    enableSensible = lib.mkEnableOption "settings that most people want";
    extraConfig = lib.mkOption {
      type = lib.types.lines;
      default = "";
      description = "Lines that are added to `tmux.conf` as they are.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ pkgs.tmux ];
    environment.etc."tmux.conf".text =
      lib.optionalString cfg.enableSensible "set -s escape-time 0\nset -g history-limit 10000\n" + cfg.extraConfig;
  };
}
