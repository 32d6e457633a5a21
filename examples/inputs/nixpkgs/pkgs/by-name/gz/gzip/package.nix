{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gzip";
  version = "1.14";

  src = fetchurl {
    url = "https://www.gnu.org/download/gzip-${finalAttrs.version}.tar.gz";
    hash = "sha256-SCZAh4XhE02PFnyA82/ncQF91r6jFEA972L1cax9Ax4=";
  };

  meta = {
    description = "GNU zip compression program";
    homepage = "https://www.gnu.org/software/gzip/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "gzip";
  };
})
