# The machine's name, its hosts file, name servers and interfaces.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.networking;
  address =
    family:
    types.submodule {
      options = {
        address = mkOption {
          type = types.str;
          description = "The IPv${family} address.";
        };
        prefixLength = mkOption {
          type = types.ints.between 0 (if family == "4" then 32 else 128);
          description = "How many bits of the address name the network.";
        };
      };
    };
  addresses =
    family:
    mkOption {
      type = types.listOf (address family);
      default = [ ];
      description = "IPv${family} addresses of the interface.";
    };
in
{
  options.networking = {
    hostName = mkOption {
      type = types.strMatching "^$|^[[:alnum:]]([[:alnum:]_-]{0,61}[[:alnum:]])?$";
      default = config.system.nixos.distroId;
      defaultText = lib.literalExpression "config.system.nixos.distroId";
      description = "The name of the machine, without a domain.";
    };
    domain = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "home.arpa";
      description = "The domain that the machine is in.";
    };
    fqdn = mkOption {
      type = types.str;
      readOnly = true;
      default =
        if cfg.hostName != "" && cfg.domain != null then
          "${cfg.hostName}.${cfg.domain}"
        else
          throw ''
            The FQDN is required but cannot be determined from `networking.hostName`
            and `networking.domain`. Please ensure these options are set properly or
            set `networking.fqdn` directly.
          '';
      defaultText = lib.literalExpression ''"''${networking.hostName}.''${networking.domain}"'';
      description = "The name of the machine with its domain.";
    };
    fqdnOrHostName = mkOption {
      type = types.str;
      readOnly = true;
      default = if cfg.domain == null then cfg.hostName else cfg.fqdn;
      defaultText = lib.literalExpression "networking.fqdn, or networking.hostName without a domain";
      description = "The fullest name that is known.";
    };
    hostId = mkOption {
      type = types.nullOr (types.strMatching "[0-9a-f]{8}");
      default = null;
      example = "4e98920d";
      description = "Eight hexadecimal digits that identify the machine, as ZFS needs them.";
    };
    hosts = mkOption {
      type = types.attrsOf (types.listOf types.str);
      default = { };
      example = {
        "192.168.0.2" = [ "fileserver.local" ];
      };
      description = "Names for addresses, in `/etc/hosts`.";
    };
    extraHosts = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `/etc/hosts` as they are.";
    };
    nameservers = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "9.9.9.9" ];
      description = "Name servers that are asked directly.";
    };
    search = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Domains that short names are looked up in.";
    };
    timeServers = mkOption {
      type = types.listOf types.str;
      default = map (n: "${toString n}.nixos.pool.ntp.org") (lib.range 0 3);
      description = "Servers that tell the time.";
    };
    useDHCP = mkOption {
      type = types.bool;
      default = true;
      description = "Whether interfaces ask for an address by DHCP.";
    };
    useNetworkd = mkOption {
      type = types.bool;
      default = false;
      description = "Whether systemd-networkd configures interfaces.";
    };
    enableIPv6 = mkOption {
      type = types.bool;
      default = true;
      description = "Whether IPv6 is used.";
    };
    networkmanager.enable = lib.mkEnableOption "NetworkManager";
    defaultGateway = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The router for addresses outside the network.";
    };
    interfaces = mkOption {
      default = { };
      description = "Network interfaces by name.";
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            options = {
              name = mkOption {
                type = types.str;
                default = name;
                description = "The name of the interface.";
              };
              useDHCP = mkOption {
                type = types.nullOr types.bool;
                default = null;
                description = "Whether this interface asks for an address by DHCP; null follows the global setting.";
              };
              mtu = mkOption {
                type = types.nullOr types.int;
                default = null;
                description = "The largest packet in bytes.";
              };
              ipv4.addresses = addresses "4";
              ipv6.addresses = addresses "6";
            };
          }
        )
      );
    };
  };

  config = {
    assertions = [
      {
        assertion = cfg.networkmanager.enable -> !cfg.useNetworkd;
        message = "networking.networkmanager.enable and networking.useNetworkd cannot both be used.";
      }
    ];
    networking.hosts = {
      "127.0.0.1" = [ "localhost" ];
      "::1" = lib.mkIf cfg.enableIPv6 [ "localhost" ];
      "127.0.0.2" = lib.mkIf (cfg.hostName != "") (
        lib.optional (cfg.domain != null) cfg.fqdn ++ [ cfg.hostName ]
      );
    };
    environment.etc = {
      hostname = lib.mkIf (cfg.hostName != "") { text = cfg.hostName + "\n"; };
      hosts.text =
        lib.concatStrings (
          lib.mapAttrsToList (ip: names: lib.optionalString (names != [ ]) "${ip} ${toString names}\n") cfg.hosts
        )
        + cfg.extraHosts;
      "resolv.conf" = lib.mkIf (cfg.nameservers != [ ]) {
        text =
          lib.concatMapStrings (n: "nameserver ${n}\n") cfg.nameservers
          + lib.optionalString (cfg.search != [ ]) "search ${toString cfg.search}\n";
      };
    };
    systemd.services.network-addresses = lib.mkIf (cfg.interfaces != { }) {
      description = "Address configuration of the interfaces";
      wantedBy = [ "network.target" ];
      before = [ "network.target" ];
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
      };
      script = lib.concatStrings (
        lib.mapAttrsToList (
          _: i:
          lib.concatMapStrings (a: "ip addr add ${a.address}/${toString a.prefixLength} dev ${i.name}\n") (
            i.ipv4.addresses ++ i.ipv6.addresses
          )
        ) cfg.interfaces
      );
    };
  };
}
