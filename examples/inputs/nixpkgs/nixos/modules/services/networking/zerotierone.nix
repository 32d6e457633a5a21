# ZeroTier: virtual Ethernet networks.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.zerotierone;
in
{
  options.services.zerotierone = {
    enable = lib.mkEnableOption "ZeroTierOne";
    package = lib.mkPackageOption pkgs "zerotierone" { };
    joinNetworks = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "a8a2c3c10c1a68de" ];
      description = "Networks that the machine joins.";
    };
    port = mkOption {
      type = types.port;
      default = 9993;
      description = "The UDP port that ZeroTier uses.";
    };
    localConf = mkOption {
      type = types.nullOr (types.attrsOf types.anything);
      default = null;
      description = "The contents of `local.conf`.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    networking.firewall.allowedUDPPorts = [ cfg.port ];
    systemd.services.zerotierone = {
      description = "ZeroTierOne";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      path = [ cfg.package ];
      preStart =
        "mkdir -p /var/lib/zerotier-one/networks.d\n"
        + lib.concatMapStrings (n: "touch /var/lib/zerotier-one/networks.d/${n}.conf\n") cfg.joinNetworks
        + lib.optionalString (cfg.localConf != null) "cp ${pkgs.writeText "local.conf" (builtins.toJSON cfg.localConf)} /var/lib/zerotier-one/local.conf\n";
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/zerotier-one -p${toString cfg.port}";
        Restart = "always";
      };
    };
  };
}
