# The driver of NVIDIA's cards for one kernel: unfree, so it needs the fleet's consent.
{
  kernel,
  lib,
  stdenv,
}:
stdenv.mkDerivation {
  pname = "nvidia-x11";
  version = "580.105.08-${kernel.version}";
  outputs = [ "out" "bin" ];
  nativeBuildInputs = [ kernel.dev ];
  meta = {
    description = "Drives graphics cards of NVIDIA";
    license = lib.licenses.unfreeRedistributable;
    platforms = lib.platforms.linux;
  };
}
