# The ssh daemon of servers.
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      services.openssh = {
        enable = true;
        settings = {
          PermitRootLogin = lib.mkDefault "prohibit-password";
          PasswordAuthentication = false;
          X11Forwarding = lib.mkOverride 1200 false;
        };
      };
      networking.firewall.allowedTCPPorts = [ 22 ];
    };
}
