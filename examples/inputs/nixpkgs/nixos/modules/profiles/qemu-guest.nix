# Drivers that a virtual machine in QEMU needs, such as one at a cloud provider.
{
  boot.initrd.availableKernelModules = [
    "virtio_net"
    "virtio_pci"
    "virtio_blk"
    "virtio_scsi"
  ];
  boot.initrd.kernelModules = [ "virtio_balloon" ];
}
