# WireGuard tunnels, one interface each.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.networking.wireguard;
  peer = types.submodule {
    options = {
      name = mkOption {
        type = types.str;
        default = "";
        description = "A name for people.";
      };
      publicKey = mkOption {
        type = types.singleLineStr;
        description = "The public key of the peer.";
      };
      presharedKeyFile = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "A file on the machine with a key that both share.";
      };
      allowedIPs = mkOption {
        type = types.listOf types.str;
        description = "Addresses that belong to the peer.";
      };
      endpoint = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = "demo.wireguard.io:12913";
        description = "Where the peer is reached first.";
      };
      persistentKeepalive = mkOption {
        type = types.nullOr types.int;
        default = null;
        description = "Seconds between packets that keep the way open.";
      };
    };
  };
in
{
  options.networking.wireguard = {
    enable = mkOption {
      type = types.bool;
      default = cfg.interfaces != { };
      defaultText = lib.literalExpression "config.networking.wireguard.interfaces != { }";
      description = "Whether there are WireGuard tunnels.";
    };
    interfaces = mkOption {
      default = { };
      description = "Tunnels by the names of their interfaces.";
      type = types.attrsOf (
        types.submodule {
          options = {
            ips = mkOption {
              type = types.listOf types.str;
              default = [ ];
              example = [ "192.168.2.1/24" ];
              description = "Addresses of this machine in the tunnel.";
            };
            listenPort = mkOption {
              type = types.nullOr types.port;
              default = null;
              description = "The UDP port for the tunnel; null chooses one.";
            };
            privateKeyFile = mkOption {
              type = types.nullOr types.str;
              default = null;
              description = "A file on the machine with the private key.";
            };
            peers = mkOption {
              type = types.listOf peer;
              default = [ ];
              description = "The other ends.";
            };
          };
        }
      );
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ pkgs.wireguard-tools ];
    boot.kernelModules = [ "wireguard" ];
    assertions = lib.mapAttrsToList (name: i: {
      assertion = i.privateKeyFile != null;
      message = "networking.wireguard.interfaces.${name}.privateKeyFile must be set.";
    }) cfg.interfaces;
    systemd.services = lib.mapAttrs' (
      name: i:
      lib.nameValuePair "wireguard-${name}" {
        description = "WireGuard Tunnel - ${name}";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        path = [
          pkgs.wireguard-tools
          pkgs.iproute2
        ];
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
        };
        script =
          "ip link add dev ${name} type wireguard\n"
          + lib.concatMapStrings (ip: "ip address add ${ip} dev ${name}\n") i.ips
          + "wg set ${name} private-key ${toString i.privateKeyFile}${
            lib.optionalString (i.listenPort != null) " listen-port ${toString i.listenPort}"
          }\n"
          + lib.concatMapStrings (
            p:
            "wg set ${name} peer ${p.publicKey} allowed-ips ${lib.concatStringsSep "," p.allowedIPs}${
              lib.optionalString (p.endpoint != null) " endpoint ${p.endpoint}"
            }${
              lib.optionalString (p.persistentKeepalive != null) " persistent-keepalive ${toString p.persistentKeepalive}"
            }\n"
          ) i.peers;
      }
    ) cfg.interfaces;
  };
}
