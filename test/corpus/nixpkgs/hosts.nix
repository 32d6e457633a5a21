# Hosts that together use much of NixOS: each is the minimal one with a few more lines.
{ nixpkgs }:
let
  host = module: import ./host-minimal.nix { inherit nixpkgs; modules = [ module ]; };
in
{
  minimal = host { };

  desktop = host {
    services.displayManager.sddm.enable = true;
    services.desktopManager.plasma6.enable = true;
    services.pipewire = { enable = true; pulse.enable = true; };
    networking.networkmanager.enable = true;
    users.users.ada = { isNormalUser = true; extraGroups = [ "wheel" ]; };
    programs.firefox.enable = true;
  };

  gnome = host {
    services.displayManager.gdm.enable = true;
    services.desktopManager.gnome.enable = true;
  };

  containers = host {
    virtualisation.docker.enable = true;
    virtualisation.podman.enable = true;
    virtualisation.oci-containers.containers.cache = { image = "redis:7"; ports = [ "6379:6379" ]; };
    containers.web = {
      autoStart = true;
      config = { services.nginx.enable = true; system.stateVersion = "26.05"; };
    };
  };

  services = host {
    networking.domain = "example.org";
    services = {
      caddy.enable = true;
      fail2ban.enable = true;
      forgejo.enable = true;
      grafana = { enable = true; settings.security.secret_key = "x"; };
      jellyfin.enable = true;
      mosquitto.enable = true;
      postgresql = { enable = true; ensureDatabases = [ "app" ]; };
      prometheus = { enable = true; exporters.node.enable = true; };
      redis.servers.cache.enable = true;
      restic.server.enable = true;
      syncthing.enable = true;
      tailscale.enable = true;
      unbound.enable = true;
      vaultwarden.enable = true;
      borgbackup.jobs.home = {
        paths = [ "/home" ];
        repo = "/backup";
        encryption.mode = "none";
      };
    };
    systemd.timers.tidy = { wantedBy = [ "timers.target" ]; timerConfig.OnCalendar = "daily"; };
    systemd.services.tidy.script = "true";
  };
}
