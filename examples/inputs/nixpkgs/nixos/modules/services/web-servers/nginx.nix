# nginx: a web server and its sites.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names several switch text;
  inherit (lib) concatStrings mapAttrsToList optionalString types;
  inherit (types) either int path port str;
  cfg = config.services.nginx;

  place.options = {
    proxyPass = maybe str "The server that answers in its stead.";
    root = maybe path "The directory that files come from.";
    tryFiles = maybe str "Files that are tried in turn.";
    return = maybe (either str int) "The status, and where to go.";
    extraConfig = text "Lines for the location.";
  };
  site =
    { name, ... }:
    {
      options = {
        serverName = has str name "The name of the site.";
        serverAliases = names "Further names of the site.";
        default = switch false "Whether it answers when no other site does.";
        forceSSL = switch false "Whether requests must be encrypted.";
        sslCertificate = maybe path "Its certificate.";
        sslCertificateKey = maybe path "The key of its certificate.";
        root = maybe path "The directory that files come from.";
        locations = several place "What is different below a path.";
        extraConfig = text "Lines for the site.";
      };
    };

  line = directive: value: optionalString (value != null) "${directive} ${toString value};\n";
  block = title: content: "${title} {\n${content}}\n";
  placeText =
    path: place:
    block "location ${path}" (
      line "proxy_pass" place.proxyPass
      + line "root" place.root
      + line "try_files" place.tryFiles
      + line "return" place.return
      + place.extraConfig
    );
  siteText =
    site:
    let
      called = line "server_name" (toString ([ site.serverName ] ++ site.serverAliases));
    in
    optionalString site.forceSSL (
      block "server" (line "listen" cfg.defaultHTTPListenPort + called + line "return" "301 https://$host$request_uri")
    )
    + block "server" (
      (
        if site.forceSSL then
          line "listen" "${toString cfg.defaultSSLListenPort} ssl"
          + line "ssl_certificate" site.sslCertificate
          + line "ssl_certificate_key" site.sslCertificateKey
        else
          line "listen" "${toString cfg.defaultHTTPListenPort}${optionalString site.default " default_server"}"
      )
      + called
      + line "root" site.root
      + concatStrings (mapAttrsToList placeText site.locations)
      + site.extraConfig
    );
in
{
  options.services.nginx = {
    enable = switch false "Whether the machine has web sites.";
    package = lib.mkPackageOption pkgs "nginx" { };
    user = has str "nginx" "Who the server runs as.";
    group = has str "nginx" "The group that the server runs in.";
    clientMaxBodySize = has str "10m" "How large a request may be.";
    defaultHTTPListenPort = has port 80 "The port of plain requests.";
    defaultSSLListenPort = has port 443 "The port of encrypted requests.";
    appendHttpConfig = text "Lines for all sites.";
    virtualHosts = several site "Sites, by name.";
  };
  config = lib.mkIf cfg.enable {
    users.groups.nginx = { };
    users.users.nginx = {
      inherit (cfg) group;
      isSystemUser = true;
    };
    assertions = mapAttrsToList (name: site: {
      assertion = !site.forceSSL || site.sslCertificate != null && site.sslCertificateKey != null;
      message = "The site ${name} is encrypted, and needs a certificate and its key.";
    }) cfg.virtualHosts;
    systemd.services.nginx = {
      description = "nginx";
      after = [ "network.target" ];
      wantedBy = [ "multi-user.target" ];
      serviceConfig = {
        User = cfg.user;
        Group = cfg.group;
        Restart = "always";
        ExecStart = "${cfg.package}/bin/nginx -c ${
          pkgs.writeText "nginx.conf" (
            "events {}\n"
            + block "http" (
              line "client_max_body_size" cfg.clientMaxBodySize
              + cfg.appendHttpConfig
              + lib.concatMapStrings siteText (lib.attrValues cfg.virtualHosts)
            )
          )
        }";
      };
    };
  };
}
