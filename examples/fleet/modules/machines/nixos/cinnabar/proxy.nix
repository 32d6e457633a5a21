# What cinnabar forwards from the internet into the private network.
{
  flake.modules.nixos."machines/nixos/cinnabar" =
    { config, lib, ... }:
    {
      networking.firewall.allowedTCPPorts = lib.mkAfter [ 8443 ];
      environment.etc."proxy/upstreams".text = ''
        galena.${config.clan.core.settings.domain}:8080
      '';
    };
}
