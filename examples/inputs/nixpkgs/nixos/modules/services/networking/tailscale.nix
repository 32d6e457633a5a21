# Tailscale: a private network between machines anywhere.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names switch;
  inherit (lib) mkIf types;
  cfg = config.services.tailscale;
  routes = kind: lib.elem cfg.useRoutingFeatures [ kind "both" ];
in
{
  options.services.tailscale = {
    enable = switch false "Whether the machine takes part.";
    package = lib.mkPackageOption pkgs "tailscale" { };
    port = has types.port 41641 "The UDP port; 0 leaves it to the system.";
    interfaceName = has types.str "tailscale0" "The interface that the network is behind.";
    openFirewall = switch false "Whether the firewall opens the port.";
    useRoutingFeatures = has (types.enum [ "none" "client" "server" "both" ]) "none" "Whether it uses routes of others, or has some for them.";
    authKeyFile = maybe types.path "A file on the machine with the key that lets it in.";
    extraUpFlags = names "How it takes part.";
  };
  config = mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    networking.firewall.allowedUDPPorts = lib.optional cfg.openFirewall cfg.port;
    networking.firewall.checkReversePath = mkIf (routes "client") "loose";
    boot.kernel.sysctl = mkIf (routes "server") (
      lib.genAttrs [ "net.ipv4.conf.all.forwarding" "net.ipv6.conf.all.forwarding" ] (_: lib.mkOverride 97 true)
    );
    systemd.services = {
      tailscaled = {
        description = "Tailscale";
        path = [ pkgs.iproute2 ];
        after = [ "network-pre.target" ];
        wantedBy = [ "multi-user.target" ];
        serviceConfig = {
          ExecStart = "${cfg.package}/bin/tailscaled --tun ${cfg.interfaceName} --port ${toString cfg.port}";
          Restart = "on-failure";
        };
      };
      tailscaled-autoconnect = mkIf (cfg.authKeyFile != null) {
        description = "Log in to Tailscale";
        requires = [ "tailscaled.service" ];
        wantedBy = [ "multi-user.target" ];
        serviceConfig.Type = "oneshot";
        script = "${cfg.package}/bin/tailscale up --auth-key file:${cfg.authKeyFile} ${lib.escapeShellArgs cfg.extraUpFlags}";
      };
    };
  };
}
