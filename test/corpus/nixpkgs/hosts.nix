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

  services = host ./services.nix;
}
