# A module that enables more than 60 services: what a home server could run, and then some.
{ lib, ... }:
let
  enabled = names: lib.genAttrs names (_: { enable = true; });
in
{
  networking.domain = "example.org";
  services = lib.mkMerge [
    (enabled [
      "adguardhome" "atuin" "audiobookshelf" "avahi" "bazarr" "bind" "blocky" "caddy" "chrony" "cron" "dnsmasq" "endlessh-go"
      "fail2ban" "flatpak" "forgejo" "fwupd" "gotify" "homepage-dashboard" "influxdb2" "iperf3" "irqbalance" "jackett"
      "jellyfin" "jellyseerr" "kavita" "languagetool" "lidarr" "locate" "loki" "memcached" "meilisearch" "miniflux"
      "mosquitto" "mpd" "murmur" "mysql" "nats" "navidrome" "netdata" "nix-serve" "nscd" "ntfy-sh" "ollama" "openvscode-server"
      "pcscd" "plantuml-server" "prowlarr" "radarr" "radicale" "rpcbind" "samba" "searx" "smartd" "sonarr"
      "stirling-pdf" "syncthing" "sysstat" "tailscale" "thermald" "tor" "transmission" "udisks2" "unbound" "upower"
      "uptime-kuma" "vaultwarden" "vnstat" "zerotierone"
    ])
    {
      flatpak.enable = lib.mkForce false;
      mysql.package = lib.mkDefault null;
      mysql.enable = lib.mkForce false;
      miniflux.config.CREATE_ADMIN = 0;
      atuin.openRegistration = true;
      ntfy-sh.settings.base-url = "https://ntfy.example.org";
      searx.environmentFile = "/run/searx";
      searx.settings.server.secret_key = "x";
      loki.configuration = { auth_enabled = false; server.http_listen_port = 3100; };
      grafana = { enable = true; settings.security.secret_key = "x"; };
      postgresql = { enable = true; ensureDatabases = [ "app" ]; };
      prometheus = {
        enable = true;
        exporters.node.enable = true;
        scrapeConfigs = [ { job_name = "node"; static_configs = [ { targets = [ "localhost:9100" ]; } ]; } ];
      };
      redis.servers.cache.enable = true;
      restic.server.enable = true;
      borgbackup.jobs.home = {
        paths = [ "/home" ];
        repo = "/backup";
        encryption.mode = "none";
      };
      radicale.settings.auth.type = "none";
      kavita.tokenKeyFile = "/run/kavita";
    }
  ];
  systemd.timers.tidy = { wantedBy = [ "timers.target" ]; timerConfig.OnCalendar = "daily"; };
  systemd.services.tidy.script = "true";
}
