# The ZFS module for one kernel; it is behind the newest ones, as it usually is.
{
  lib,
  stdenv,
  kernel,
}:
stdenv.mkDerivation {
  pname = "zfs-kernel";
  version = "2.3.5-${kernel.version}";
  nativeBuildInputs = [ kernel.dev ];
  meta = {
    description = "ZFS file system as a Linux kernel module";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.alder ];
    broken = lib.versionAtLeast kernel.version "6.18";
  };
}
