# The disk of electrum.
{
  flake.modules.nixos."machines/nixos/electrum" =
    { lib, ... }:
    {
      boot.loader.grub.devices = [ "/dev/nvme0n1" ];
      fileSystems."/" = {
        device = "/dev/disk/by-label/root";
        fsType = lib.mkDefault "ext4";
      };
    };
}
