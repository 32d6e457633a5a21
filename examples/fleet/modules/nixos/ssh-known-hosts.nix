# Hosts outside of the fleet whose keys everybody knows.
{
  flake.modules.nixos.ssh-known-hosts =
    { ... }:
    {
      environment.etc."ssh/ssh_known_hosts_public".text = ''
        github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
      '';
    };
}
