# The ssh daemon of servers. Machines that the internet reaches log more and wait less.
{
  flake.modules.nixos.base =
    { config, lib, ... }:
    {
      services.openssh = lib.mkMerge [
        {
          enable = true;
          settings = {
            PermitRootLogin = lib.mkDefault "prohibit-password";
            PasswordAuthentication = false;
            X11Forwarding = lib.mkOverride 1200 false;
            LogLevel = lib.mkDefault "INFO";
          };
        }
        (lib.mkIf (config.fleet.exposure == "public") {
          settings.LogLevel = "VERBOSE";
          settings.X11Forwarding = lib.mkForce false;
        })
      ];
      networking.firewall.allowedTCPPorts = [ 22 ];
    };
}
