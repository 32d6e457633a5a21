# Tailscale: a mesh network over WireGuard.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.tailscale;
in
{
  options.services.tailscale = {
    enable = lib.mkEnableOption "Tailscale client daemon";
    package = lib.mkPackageOption pkgs "tailscale" { };
    port = mkOption {
      type = types.port;
      default = 41641;
      description = "The UDP port for tunnels; 0 lets the system choose.";
    };
    interfaceName = mkOption {
      type = types.str;
      default = "tailscale0";
      description = "The interface for tunnelled traffic.";
    };
    openFirewall = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the firewall lets the port through.";
    };
    useRoutingFeatures = mkOption {
      type = types.enum [
        "none"
        "client"
        "server"
        "both"
      ];
      default = "none";
      description = "Whether the machine uses or offers routes such as exit nodes.";
    };
    authKeyFile = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = "A file on the machine with the key that joins the network.";
    };
    extraUpFlags = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Options of `tailscale up`.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    networking.firewall = {
      allowedUDPPorts = lib.optional cfg.openFirewall cfg.port;
      checkReversePath = lib.mkIf (lib.elem cfg.useRoutingFeatures [ "client" "both" ]) "loose";
    };
    boot.kernel.sysctl = lib.mkIf (lib.elem cfg.useRoutingFeatures [ "server" "both" ]) {
      "net.ipv4.conf.all.forwarding" = lib.mkOverride 97 true;
      "net.ipv6.conf.all.forwarding" = lib.mkOverride 97 true;
    };
    systemd.services.tailscaled = {
      description = "Tailscale node agent";
      wantedBy = [ "multi-user.target" ];
      after = [ "network-pre.target" ];
      path = [ pkgs.iproute2 ];
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/tailscaled --port ${toString cfg.port} --tun ${cfg.interfaceName}";
        Restart = "on-failure";
      };
    };
    systemd.services.tailscaled-autoconnect = lib.mkIf (cfg.authKeyFile != null) {
      description = "Log in to Tailscale";
      after = [ "tailscaled.service" ];
      wants = [ "tailscaled.service" ];
      wantedBy = [ "multi-user.target" ];
      serviceConfig.Type = "oneshot";
      script = "${cfg.package}/bin/tailscale up --auth-key file:${toString cfg.authKeyFile} ${lib.escapeShellArgs cfg.extraUpFlags}";
    };
  };
}
