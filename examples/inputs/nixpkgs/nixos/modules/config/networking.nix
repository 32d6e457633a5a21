# The machine's name, the names it knows, and its interfaces.
{ config, lib, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe names needs several switch text;
  inherit (lib) concatMapStrings concatStrings mapAttrsToList mkIf optionalString types;
  inherit (types) attrsOf ints listOf str;
  cfg = config.networking;

  addresses =
    longest:
    has (listOf (types.submodule {
      options.address = needs str "The address.";
      options.prefixLength = needs (ints.between 0 longest) "How many of its bits name the network.";
    })) [ ] "Addresses of the interface.";
  interface =
    { name, ... }:
    {
      options = {
        name = has str name "The name of the interface.";
        useDHCP = maybe types.bool "Whether it asks for an address; null does as all do.";
        mtu = maybe types.int "The size of the largest packet in bytes.";
        ipv4.addresses = addresses 32;
        ipv6.addresses = addresses 128;
      };
    };
in
{
  options.networking = {
    hostName =
      has (types.strMatching "([[:alnum:]]([[:alnum:]_-]{0,61}[[:alnum:]])?)?") "nixos"
        "The name of the machine, without a domain.";
    domain = maybe str "The domain that the machine is in." // {
      example = "home.arpa";
    };
    fqdn =
      has str (
        if cfg.hostName == "" || cfg.domain == null then
          throw "There is no full name without `networking.hostName` and `networking.domain`."
        else
          "${cfg.hostName}.${cfg.domain}"
      ) "The name of the machine with its domain."
      // {
        readOnly = true;
        defaultText = lib.literalExpression "hostName and domain";
      };
    fqdnOrHostName = has str (if cfg.domain == null then cfg.hostName else cfg.fqdn) "The fullest name that is known." // {
      readOnly = true;
    };
    hostId = maybe (types.strMatching "[0-9a-f]{8}") "Eight hexadecimal digits by which ZFS knows the machine.";
    hosts = has (attrsOf (listOf str)) { } "Names by address, for `/etc/hosts`.";
    extraHosts = text "Lines for `/etc/hosts`.";
    nameservers = names "Servers that know names." // {
      example = [ "9.9.9.9" ];
    };
    search = names "Domains that short names are looked up in.";
    timeServers = has (listOf str) (map (n: "${toString n}.nixos.pool.ntp.org") [ 0 1 2 3 ]) "Servers that know the time.";
    useDHCP = switch true "Whether interfaces ask for an address.";
    useNetworkd = switch false "Whether systemd-networkd sets up interfaces.";
    enableIPv6 = switch true "Whether IPv6 is used.";
    networkmanager.enable = switch false "Whether NetworkManager sets up interfaces.";
    defaultGateway = maybe str "The router to everywhere else.";
    interfaces = several interface "Network interfaces, by name.";
  };

  config = {
    assertions = [
      {
        assertion = !(cfg.networkmanager.enable && cfg.useNetworkd);
        message = "NetworkManager and systemd-networkd cannot both set up interfaces.";
      }
    ];
    networking.hosts = {
      "127.0.0.1" = [ "localhost" ];
      "::1" = mkIf cfg.enableIPv6 [ "localhost" ];
      "127.0.0.2" = mkIf (cfg.hostName != "") (lib.optional (cfg.domain != null) cfg.fqdn ++ [ cfg.hostName ]);
    };
    environment.etc = {
      hostname = mkIf (cfg.hostName != "") { text = "${cfg.hostName}\n"; };
      hosts.text =
        concatStrings (mapAttrsToList (address: known: optionalString (known != [ ]) "${address} ${toString known}\n") cfg.hosts)
        + cfg.extraHosts;
      "resolv.conf" = mkIf (cfg.nameservers != [ ]) {
        text =
          concatMapStrings (server: "nameserver ${server}\n") cfg.nameservers
          + optionalString (cfg.search != [ ]) "search ${toString cfg.search}\n";
      };
    };
    systemd.services.network-addresses = mkIf (cfg.interfaces != { }) {
      description = "Addresses of network interfaces";
      before = [ "network.target" ];
      wantedBy = [ "network.target" ];
      serviceConfig.RemainAfterExit = true;
      serviceConfig.Type = "oneshot";
      script = concatMapStrings (
        { name, ipv4, ipv6, ... }:
        concatMapStrings ({ address, prefixLength }: "ip addr add ${address}/${toString prefixLength} dev ${name}\n") (
          ipv4.addresses ++ ipv6.addresses
        )
      ) (lib.attrValues cfg.interfaces);
    };
  };
}
