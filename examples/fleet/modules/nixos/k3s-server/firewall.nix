# The ports of the control plane.
{
  flake.modules.nixos.k3s-server.networking.firewall.allowedTCPPorts = [ 6443 ];
}
