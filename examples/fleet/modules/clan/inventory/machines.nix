# What the machines are, for services that choose them by tag, and where the servers are reached.
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

    electrum = {
      machineClass = "nixos";
      description = "Builds, and keeps backups";
      tags = [ "hetzner" ];
      deploy.targetHost = "root@electrum.zt";
    };

    galena = {
      machineClass = "nixos";
      description = "Serves what the fleet makes";
      tags = [
        "cloud"
        "gcp"
      ];
      deploy.targetHost = "root@galena.zt";
    };

    scheelite = {
      machineClass = "nixos";
      description = "Computes on a graphics card";
      tags = [
        "cloud"
        "gcp"
        "gpu"
      ];
      deploy.targetHost = "root@scheelite.zt";
      deploy.buildHost = "root@electrum.zt";
    };

    argentum = {
      machineClass = "darwin";
      description = "christoph's laptop";
      tags = [ "laptop" ];
    };

    blackphos = {
      machineClass = "darwin";
      description = "raquel's laptop";
      tags = [ "laptop" ];
    };

    rosegold = {
      machineClass = "darwin";
      description = "janet's laptop";
      tags = [ "laptop" ];
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
