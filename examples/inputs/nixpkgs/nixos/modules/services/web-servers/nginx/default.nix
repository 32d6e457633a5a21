# nginx: the server and its virtual hosts.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.nginx;
  locationText =
    path: l:
    "location ${path} {\n"
    + lib.optionalString (l.proxyPass != null) "proxy_pass ${l.proxyPass};\n"
    + lib.optionalString (l.root != null) "root ${l.root};\n"
    + lib.optionalString (l.tryFiles != null) "try_files ${l.tryFiles};\n"
    + lib.optionalString (l.return != null) "return ${toString l.return};\n"
    + lib.optionalString l.proxyWebsockets "proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection upgrade;\n"
    + l.extraConfig
    + "}\n";
  certificateOf =
    name: h:
    if h.enableACME || h.useACMEHost != null then
      "/var/lib/acme/${if h.useACMEHost != null then h.useACMEHost else name}"
    else
      null;
  hostText =
    name: h:
    let
      tls = h.onlySSL || h.addSSL || h.forceSSL;
      certificate = certificateOf name h;
      names = toString ([ h.serverName ] ++ h.serverAliases);
    in
    lib.optionalString h.forceSSL "server {\nlisten 80;\nserver_name ${names};\nreturn ${toString h.redirectCode} https://$host$request_uri;\n}\n"
    + "server {\n"
    + lib.optionalString (!h.onlySSL && !h.forceSSL) "listen ${toString cfg.defaultHTTPListenPort}${lib.optionalString h.default " default_server"};\n"
    + lib.optionalString tls "listen ${toString cfg.defaultSSLListenPort} ssl;\nssl_certificate ${
      if certificate != null then "${certificate}/fullchain.pem" else toString h.sslCertificate
    };\nssl_certificate_key ${if certificate != null then "${certificate}/key.pem" else toString h.sslCertificateKey};\n"
    + "server_name ${names};\n"
    + lib.optionalString (h.root != null) "root ${h.root};\n"
    + lib.concatStrings (lib.mapAttrsToList locationText h.locations)
    + h.extraConfig
    + "}\n";
  configFile = pkgs.writeText "nginx.conf" (
    "user ${cfg.user} ${cfg.group};\nevents {}\nhttp {\n"
    + lib.optionalString cfg.recommendedGzipSettings "gzip on;\ngzip_vary on;\n"
    + lib.optionalString cfg.recommendedOptimisation "sendfile on;\ntcp_nopush on;\n"
    + lib.optionalString cfg.recommendedTlsSettings "ssl_protocols TLSv1.2 TLSv1.3;\nssl_session_timeout 1d;\n"
    + lib.optionalString cfg.recommendedProxySettings "proxy_set_header Host $host;\nproxy_set_header X-Real-IP $remote_addr;\n"
    + "client_max_body_size ${cfg.clientMaxBodySize};\n"
    + cfg.appendHttpConfig
    + lib.concatStrings (lib.mapAttrsToList hostText cfg.virtualHosts)
    + "}\n"
  );
  tlsHosts = lib.filterAttrs (_: h: h.enableACME) cfg.virtualHosts;
in
{
  options.services.nginx = {
    enable = lib.mkEnableOption "Nginx Web Server";
    package = lib.mkPackageOption pkgs "nginxStable" {
      extraDescription = "Modules are compiled into it.";
    };
    user = mkOption {
      type = types.str;
      default = "nginx";
      description = "The user that the server runs as.";
    };
    group = mkOption {
      type = types.str;
      default = "nginx";
      description = "The group that the server runs as.";
    };
    recommendedGzipSettings = lib.mkEnableOption "recommended settings for compression";
    recommendedOptimisation = lib.mkEnableOption "recommended settings for speed";
    recommendedProxySettings = lib.mkEnableOption "recommended settings for proxies";
    recommendedTlsSettings = lib.mkEnableOption "recommended settings for TLS";
    clientMaxBodySize = mkOption {
      type = types.str;
      default = "10m";
      description = "How large a request may be.";
    };
    defaultHTTPListenPort = mkOption {
      type = types.port;
      default = 80;
      description = "The port for plain requests.";
    };
    defaultSSLListenPort = mkOption {
      type = types.port;
      default = 443;
      description = "The port for encrypted requests.";
    };
    appendHttpConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to the `http` block.";
    };
    virtualHosts = mkOption {
      type = types.attrsOf (types.submodule (import ./vhost-options.nix { inherit lib; }));
      default = { };
      example = {
        "hydra.example.com" = {
          forceSSL = true;
          enableACME = true;
          locations."/".proxyPass = "http://localhost:3000";
        };
      };
      description = "Sites by name.";
    };
  };
  config = lib.mkIf cfg.enable {
    assertions = lib.mapAttrsToList (name: h: {
      assertion = lib.count (b: b) [ h.addSSL h.onlySSL h.forceSSL ] <= 1;
      message = ''
        Options services.nginx.service.virtualHosts.${name}.addSSL,
        services.nginx.virtualHosts.${name}.onlySSL and
        services.nginx.virtualHosts.${name}.forceSSL are mutually exclusive.
      '';
    }) cfg.virtualHosts;
    security.acme.certs = builtins.mapAttrs (_: h: {
      webroot = lib.mkDefault "/var/lib/acme/acme-challenge";
      inherit (cfg) group;
      extraDomainNames = h.serverAliases;
    }) tlsHosts;
    users.users.nginx = lib.mkIf (cfg.user == "nginx") {
      isSystemUser = true;
      inherit (cfg) group;
      uid = 60;
    };
    users.groups.nginx = lib.mkIf (cfg.group == "nginx") { gid = 60; };
    systemd.services.nginx = {
      description = "Nginx Web Server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ] ++ map (name: "acme-${name}.service") (lib.attrNames tlsHosts);
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/nginx -c '${configFile}'";
        Restart = "always";
        User = cfg.user;
        Group = cfg.group;
      };
    };
  };
}
