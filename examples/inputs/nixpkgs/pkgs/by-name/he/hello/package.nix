{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "hello";
  version = "2.12.3";

  src = fetchurl {
    url = "https://www.gnu.org/download/hello-${finalAttrs.version}.tar.gz";
    hash = "sha256-GBbCYcDaZ1NPdwkNiRTYSJD02QelIGPFTXLPCnaUFgM=";
  };

  meta = {
    description = "Program that produces a familiar, friendly greeting";
    homepage = "https://www.gnu.org/software/hello/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "hello";
  };
})
