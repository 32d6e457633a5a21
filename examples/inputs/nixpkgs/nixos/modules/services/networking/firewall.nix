# The firewall: which ports are open, for everyone or on one interface.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.networking.firewall;
  sorted = ports: lib.unique (lib.sort (a: b: a < b) ports);
  portRange = types.submodule {
    options = {
      from = mkOption {
        type = types.port;
        description = "The first port.";
      };
      to = mkOption {
        type = types.port;
        description = "The last port.";
      };
    };
  };
  openings = {
    allowedTCPPorts = mkOption {
      type = types.listOf types.port;
      default = [ ];
      apply = sorted;
      example = [
        22
        80
      ];
      description = "TCP ports that are open.";
    };
    allowedUDPPorts = mkOption {
      type = types.listOf types.port;
      default = [ ];
      apply = sorted;
      description = "UDP ports that are open.";
    };
    allowedTCPPortRanges = mkOption {
      type = types.listOf portRange;
      default = [ ];
      description = "Ranges of TCP ports that are open.";
    };
    allowedUDPPortRanges = mkOption {
      type = types.listOf portRange;
      default = [ ];
      description = "Ranges of UDP ports that are open.";
    };
  };
  rules =
    where: o:
    let
      accept = protocol: port: "iptables -A nixos-fw ${where} -p ${protocol} --dport ${port} -j nixos-fw-accept\n";
      ofRange = r: "${toString r.from}:${toString r.to}";
    in
    lib.concatMapStrings (p: accept "tcp" (toString p)) o.allowedTCPPorts
    + lib.concatMapStrings (r: accept "tcp" (ofRange r)) o.allowedTCPPortRanges
    + lib.concatMapStrings (p: accept "udp" (toString p)) o.allowedUDPPorts
    + lib.concatMapStrings (r: accept "udp" (ofRange r)) o.allowedUDPPortRanges;
in
{
  options.networking.firewall = openings // {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the firewall is on.";
    };
    package = lib.mkPackageOption pkgs "iptables" { };
    allowPing = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the machine answers to ping.";
    };
    rejectPackets = mkOption {
      type = types.bool;
      default = false;
      description = "Whether refused packets are answered rather than dropped.";
    };
    logRefusedConnections = mkOption {
      type = types.bool;
      default = true;
      description = "Whether refused connections are logged.";
    };
    checkReversePath = mkOption {
      type = types.either types.bool (
        types.enum [
          "strict"
          "loose"
        ]
      );
      default = true;
      description = "Whether packets are refused that come from the wrong side.";
    };
    trustedInterfaces = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "enp0s2" ];
      description = "Interfaces that everything is accepted from.";
    };
    interfaces = mkOption {
      type = types.attrsOf (types.submodule { options = openings; });
      default = { };
      description = "Ports that are open on one interface only.";
    };
    extraCommands = mkOption {
      type = types.lines;
      default = "";
      description = "Shell commands that run after the rules are set.";
    };
  };
  config = lib.mkIf cfg.enable {
    networking.firewall.trustedInterfaces = [ "lo" ];
    environment.systemPackages = [ cfg.package ];
    boot.kernelModules = [ "ip_tables" ];
    systemd.services.firewall = {
      description = "Firewall";
      wantedBy = [ "sysinit.target" ];
      before = [ "network-pre.target" ];
      path = [ cfg.package ];
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
      };
      script =
        "iptables -N nixos-fw\n"
        + lib.concatMapStrings (i: "iptables -A nixos-fw -i ${i} -j nixos-fw-accept\n") cfg.trustedInterfaces
        + rules "" cfg
        + lib.concatStrings (lib.mapAttrsToList (name: rules "-i ${name}") cfg.interfaces)
        + lib.optionalString cfg.allowPing "iptables -A nixos-fw -p icmp --icmp-type echo-request -j nixos-fw-accept\n"
        + lib.optionalString cfg.logRefusedConnections "iptables -A nixos-fw -j LOG --log-prefix 'refused connection: '\n"
        + "iptables -A nixos-fw -j ${if cfg.rejectPackets then "REJECT" else "DROP"}\n"
        + cfg.extraCommands;
    };
  };
}
