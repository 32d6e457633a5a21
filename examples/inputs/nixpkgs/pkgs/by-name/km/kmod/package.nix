{
  lib,
  stdenv,
  fetchurl,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "kmod";
  version = "34.2";

  src = fetchurl {
    url = "https://git.kernel.org/download/kmod-${finalAttrs.version}.tar.gz";
    hash = "sha256-O7+p99Dn60Gf95NmVcHBOvh3Q+61EfRZWoJqzCI0OBU=";
  };

  buildInputs = [ zlib ];

  meta = {
    description = "Tools for loading and managing Linux kernel modules";
    homepage = "https://git.kernel.org/pub/scm/utils/kernel/kmod/kmod.git";
    license = lib.licenses.lgpl21Plus;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "kmod";
  };
})
