# A way in by the console of every server.
{
  clan.inventory.instances.emergency-access = {
    module.name = "emergency-access";
    module.input = "clan-core";

    roles.default.tags.nixos = { };
  };
}
