# The disk of scheelite, and the one for models.
{
  flake.modules.nixos."machines/nixos/scheelite" = {
    fileSystems = {
      "/" = {
        device = "/dev/disk/by-label/nixos";
        fsType = "ext4";
      };
      "/boot" = {
        device = "/dev/disk/by-label/esp";
        fsType = "vfat";
      };
      "/srv/models" = {
        device = "/dev/disk/by-label/models";
        fsType = "ext4";
      };
    };
  };
}
