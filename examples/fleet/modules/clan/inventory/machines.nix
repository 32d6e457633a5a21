# What the machines are, for services that choose them by tag.
{
  clan.inventory.machines = {
    cinnabar = {
      machineClass = "nixos";
      description = "Controller of the private network";
      tags = [
        "cloud"
        "hetzner"
        "controller"
      ];
      deploy.targetHost = "root@cinnabar.zt";
    };

    stibnite = {
      machineClass = "darwin";
      description = "Where the fleet is kept from";
      tags = [
        "laptop"
        "workstation"
      ];
    };
  };
}
