# The smallest NixOS host that still has most of a real one. nixpkgs: path of a tree. Returns the host's configuration.
{ nixpkgs, modules ? [ ] }:
(import (nixpkgs + "/nixos/lib/eval-config.nix") {
  system = "x86_64-linux";
  modules = [
    {
      boot.loader.grub.device = "/dev/sda";
      fileSystems."/" = { device = "/dev/sda1"; fsType = "ext4"; };
      services.openssh.enable = true;
      system.stateVersion = "26.05";
    }
  ] ++ modules;
}).config
