# Servers at Hetzner. One that is not enabled stays in the registry, but costs nothing.
{
  flake.modules.terranix.hetzner =
    { config, lib, ... }:
    let
      machines = {
        cinnabar = {
          enabled = true;
          serverType = "cx33";
        };
        electrum = {
          enabled = false;
          serverType = "cx23";
        };
      };
      enabled = lib.filterAttrs (_: machine: machine.enabled) machines;
    in
    {
      provider.hcloud.token = config.data.external.hetzner-api-token "result.secret";

      resource.hcloud_server = lib.mapAttrs (name: machine: {
        inherit name;
        server_type = machine.serverType;
        image = "debian-13";
        location = "nbg1";
      }) enabled;

      resource.null_resource = lib.mapAttrs' (
        name: _:
        lib.nameValuePair "install-${name}" {
          triggers.server = config.resource.hcloud_server.${name} "id";
          provisioner.local-exec.command = lib.concatStringsSep " " [
            "clan machines install ${name}"
            "--update-hardware-config nixos-facter"
            "--target-host root@${config.resource.hcloud_server.${name} "ipv4_address"}"
          ];
        }
      ) enabled;

      output = lib.mapAttrs' (
        name: _:
        lib.nameValuePair "${name}_ipv4" { value = config.resource.hcloud_server.${name} "ipv4_address"; }
      ) enabled;
    };
}
