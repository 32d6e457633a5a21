# Who is backed up where: what is in the cloud every night, and the laptop that the fleet is kept from at noon.
{
  clan.inventory.instances.nightly = {
    module.name = "backup";
    module.input = "self";

    roles.server.machines.electrum.settings.directory = "/srv/backups";
    roles.client = {
      tags.cloud.settings.paths = [
        "/etc"
        "/home"
        "/var/lib"
      ];
      machines.stibnite.settings = {
        paths = [ "/Users/crs58" ];
        schedule = "12:00";
      };
      machines.scheelite.settings.schedule = "04:30";
    };
  };
}
