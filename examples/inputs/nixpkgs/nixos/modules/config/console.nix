# The text console: key map and font.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.console;
in
{
  options.console = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether there is a text console.";
    };
    keyMap = mkOption {
      type = types.either types.str types.path;
      default = "us";
      example = "de-latin1";
      description = "The key map of the console.";
    };
    font = mkOption {
      type = types.nullOr (types.either types.str types.path);
      default = null;
      description = "The font of the console; null keeps the kernel's.";
    };
    packages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages with more fonts and key maps.";
    };
    useXkbConfig = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the key map follows the graphical one.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.etc."vconsole.conf".text =
      "KEYMAP=${toString cfg.keyMap}\n" + lib.optionalString (cfg.font != null) "FONT=${toString cfg.font}\n";
    systemd.services.systemd-vconsole-setup = {
      description = "Virtual Console Setup";
      serviceConfig.ExecStart = "${pkgs.systemd}/lib/systemd/systemd-vconsole-setup";
      restartTriggers = [ config.environment.etc."vconsole.conf".source ] ++ cfg.packages;
      wantedBy = [ "sysinit.target" ];
    };
  };
}
