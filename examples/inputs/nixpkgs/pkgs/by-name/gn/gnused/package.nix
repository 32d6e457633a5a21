{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gnused";
  version = "4.9";

  src = fetchurl {
    url = "https://www.gnu.org/download/gnused-${finalAttrs.version}.tar.gz";
    hash = "sha256-HpmP8iyMKF/mcjbCMuVJSHFNMPwD8m/8IZA+emvwGpQ=";
  };

  meta = {
    description = "GNU sed, a batch stream editor";
    homepage = "https://www.gnu.org/software/sed/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "sed";
  };
})
