# The role of a machine that the internet talks to.
{
  fleet.roles.edge =
    { config, lib, ... }:
    {
      networking.firewall.allowedTCPPorts = [
        80
        443
      ];
      # What is reachable from anywhere must not offer passwords, whatever its aspects say.
      services.openssh.settings.PasswordAuthentication = lib.mkForce false;
      services.openssh.settings.MaxAuthTries = lib.mkDefault 3;

      environment.etc."motd".text = lib.mkAfter ''
        ${config.networking.hostName} faces the internet.
      '';
    };
}
