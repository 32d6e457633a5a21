# The graphics driver for one kernel: unfree, so it needs the fleet's consent.
{
  lib,
  stdenv,
  kernel,
}:
stdenv.mkDerivation {
  pname = "nvidia-x11";
  version = "580.105.08-${kernel.version}";
  outputs = [
    "out"
    "bin"
  ];
  nativeBuildInputs = [ kernel.dev ];
  passthru.useProfiles = true;
  meta = {
    description = "X.org driver and kernel module for NVIDIA cards";
    homepage = "https://www.nvidia.com/object/unix.html";
    license = lib.licenses.unfreeRedistributable;
    platforms = [
      "x86_64-linux"
      "aarch64-linux"
    ];
    maintainers = [ lib.maintainers.alder ];
  };
}
