# ssh: every server is one, and everybody knows them.
{
  clan.inventory.instances.sshd = {
    module.name = "sshd";
    module.input = "clan-core";

    roles.server.tags.nixos = { };
    roles.client.tags.all = { };
  };
}
