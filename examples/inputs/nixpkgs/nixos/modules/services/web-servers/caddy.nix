# Caddy: a web server that gets its certificates itself.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.caddy;
in
{
  options.services.caddy = {
    enable = lib.mkEnableOption "Caddy web server";
    package = lib.mkPackageOption pkgs "caddy" { };
    email = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The address for the certificate authority.";
    };
    globalConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines of the global block.";
    };
    virtualHosts = mkOption {
      default = { };
      description = "Sites by name.";
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            options = {
              hostName = mkOption {
                type = types.str;
                default = name;
                description = "The name of the site.";
              };
              serverAliases = mkOption {
                type = types.listOf types.str;
                default = [ ];
                description = "Further names of the site.";
              };
              extraConfig = mkOption {
                type = types.lines;
                default = "";
                description = "The directives of the site.";
              };
            };
          }
        )
      );
    };
  };
  config = lib.mkIf cfg.enable {
    users.groups.caddy = { };
    users.users.caddy = {
      isSystemUser = true;
      group = "caddy";
      home = "/var/lib/caddy";
    };
    environment.etc."caddy/Caddyfile".text =
      "{\n${lib.optionalString (cfg.email != null) "email ${cfg.email}\n"}${cfg.globalConfig}}\n"
      + lib.concatStrings (
        lib.mapAttrsToList (
          _: h: "${lib.concatStringsSep ", " ([ h.hostName ] ++ h.serverAliases)} {\n${h.extraConfig}\n}\n"
        ) cfg.virtualHosts
      );
    systemd.services.caddy = {
      description = "Caddy web server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      restartTriggers = [ config.environment.etc."caddy/Caddyfile".source ];
      serviceConfig = {
        User = "caddy";
        Group = "caddy";
        ExecStart = "${lib.getExe cfg.package} run --config /etc/caddy/Caddyfile";
        AmbientCapabilities = "CAP_NET_BIND_SERVICE";
      };
    };
  };
}
