# The private network: cinnabar admits, the other servers take part. Macs join by their own application.
{
  clan.inventory.instances.zerotier = {
    module.name = "zerotier";
    module.input = "clan-core";

    roles.controller.machines.cinnabar.settings.allowedIps = [
      "fd5d:bbe3:cbc5:fe6b:f699:935d:bbe3:cbc5"
    ];
    roles.peer.tags.nixos = { };
  };
}
