# The disk of cinnabar. Extends the machine's aspect, as every file in this directory does.
{
  flake.modules.nixos."machines/nixos/cinnabar" = {
    boot.loader.grub.devices = [ "/dev/sda" ];
    fileSystems."/" = {
      device = "/dev/disk/by-label/root";
      fsType = "ext4";
    };
  };
}
