# The Prometheus exporter for facts about the machine.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.prometheus.exporters.node;
in
{
  options.services.prometheus.exporters.node = {
    enable = lib.mkEnableOption "the prometheus node exporter";
    package = lib.mkPackageOption pkgs "prometheus-node-exporter" { };
    port = mkOption {
      type = types.port;
      default = 9100;
      description = "The port that the exporter listens on.";
    };
    listenAddress = mkOption {
      type = types.str;
      default = "0.0.0.0";
      description = "The address that the exporter listens on.";
    };
    enabledCollectors = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "systemd" ];
      description = "Collectors beside the default ones.";
    };
    openFirewall = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the firewall lets others ask.";
    };
  };
  config = lib.mkIf cfg.enable {
    networking.firewall.allowedTCPPorts = lib.optional cfg.openFirewall cfg.port;
    systemd.services.prometheus-node-exporter = {
      description = "Prometheus node exporter";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        DynamicUser = true;
        ExecStart = "${lib.getExe cfg.package} ${
          lib.concatMapStringsSep " " (c: "--collector.${c}") cfg.enabledCollectors
        } --web.listen-address ${cfg.listenAddress}:${toString cfg.port}";
        Restart = "always";
      };
    };
  };
}
