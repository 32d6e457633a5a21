{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "iproute2";
  version = "6.17.0";

  src = fetchurl {
    url = "https://wiki.linuxfoundation.org/download/iproute2-${finalAttrs.version}.tar.gz";
    hash = "sha256-ufaHrXh2Ziid5l+Mr36NdyEIVdwXxaUItQv3e6PYvtQ=";
  };

  meta = {
    description = "Collection of utilities for controlling TCP/IP networking and traffic control in Linux";
    homepage = "https://wiki.linuxfoundation.org/networking/iproute2";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "ip";
  };
})
