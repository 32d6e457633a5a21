# ZeroTier: private networks that look like one cable.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names switch;
  inherit (lib.types) anything attrsOf port;
  cfg = config.services.zerotierone;
  state = "/var/lib/zerotier-one";
in
{
  options.services.zerotierone = {
    enable = switch false "Whether the machine takes part.";
    package = lib.mkPackageOption pkgs "zerotierone" { };
    joinNetworks = names "Networks that it takes part in, by their numbers.";
    port = has port 9993 "The UDP port.";
    localConf = maybe (attrsOf anything) "Settings, as `local.conf` has them.";
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    networking.firewall.allowedUDPPorts = [ cfg.port ];
    systemd.services.zerotierone = {
      description = "ZeroTier";
      path = [ cfg.package ];
      after = [ "network.target" ];
      wantedBy = [ "multi-user.target" ];
      preStart =
        "mkdir -p ${state}/networks.d\n"
        + lib.concatMapStrings (network: "touch ${state}/networks.d/${network}.conf\n") cfg.joinNetworks
        + lib.optionalString (cfg.localConf != null) "cp ${pkgs.writeText "local.conf" (builtins.toJSON cfg.localConf)} ${state}/local.conf\n";
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/zerotier-one -p${toString cfg.port}";
        Restart = "always";
      };
    };
  };
}
