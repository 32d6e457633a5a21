# The firewall: which ports are open, for everybody or on one interface.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has names needs several switch text;
  inherit (lib) concatMapStrings optionalString types;
  inherit (types) either enum listOf port;
  cfg = config.networking.firewall;

  range = types.submodule {
    options.from = needs port "The first port.";
    options.to = needs port "The last port.";
  };
  ports =
    description:
    has (listOf port) [ ] description
    // {
      example = [ 80 443 ];
      apply = open: lib.sort (a: b: a < b) (lib.unique open);
    };
  openings = {
    allowedTCPPorts = ports "TCP ports that are open.";
    allowedUDPPorts = ports "UDP ports that are open.";
    allowedTCPPortRanges = has (listOf range) [ ] "Ranges of TCP ports that are open.";
    allowedUDPPortRanges = has (listOf range) [ ] "Ranges of UDP ports that are open.";
  };

  append = rule: "iptables -A nixos-fw ${rule}\n";
  rulesOf =
    where: open:
    let
      accept = protocol: ports: append "${where} -p ${protocol} --dport ${ports} -j nixos-fw-accept";
      between = { from, to }: "${toString from}:${toString to}";
    in
    concatMapStrings (one: accept "tcp" (toString one)) open.allowedTCPPorts
    + concatMapStrings (some: accept "tcp" (between some)) open.allowedTCPPortRanges
    + concatMapStrings (one: accept "udp" (toString one)) open.allowedUDPPorts
    + concatMapStrings (some: accept "udp" (between some)) open.allowedUDPPortRanges;
in
{
  options.networking.firewall = openings // {
    enable = switch true "Whether ports are closed unless they are opened.";
    package = lib.mkPackageOption pkgs "iptables" { };
    allowPing = switch true "Whether the machine answers to ping.";
    rejectPackets = switch false "Whether those who knock at a closed port are told so.";
    logRefusedConnections = switch true "Whether the log says who knocked.";
    checkReversePath = has (either types.bool (enum [ "strict" "loose" ])) true "Whether packets from the wrong side are refused.";
    trustedInterfaces = names "Interfaces on which everything is open.";
    interfaces = several { options = openings; } "Ports that are open on one interface only.";
    extraCommands = text "What runs when the rules are set.";
  };
  config = lib.mkIf cfg.enable {
    networking.firewall.trustedInterfaces = [ "lo" ];
    boot.kernelModules = [ "ip_tables" ];
    environment.systemPackages = [ cfg.package ];
    systemd.services.firewall = {
      description = "Firewall";
      path = [ cfg.package ];
      before = [ "network-pre.target" ];
      wantedBy = [ "sysinit.target" ];
      serviceConfig.RemainAfterExit = true;
      serviceConfig.Type = "oneshot";
      script =
        "iptables -N nixos-fw\n"
        + concatMapStrings (interface: append "-i ${interface} -j nixos-fw-accept") cfg.trustedInterfaces
        + rulesOf "" cfg
        + lib.concatStrings (lib.mapAttrsToList (interface: rulesOf "-i ${interface}") cfg.interfaces)
        + optionalString cfg.allowPing (append "-p icmp --icmp-type echo-request -j nixos-fw-accept")
        + optionalString cfg.logRefusedConnections (append "-j LOG --log-prefix 'refused connection: '")
        + append "-j ${if cfg.rejectPackets then "REJECT" else "DROP"}"
        + cfg.extraCommands;
    };
  };
}
