{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "findutils";
  version = "4.10.0";

  src = fetchurl {
    url = "https://www.gnu.org/download/findutils-${finalAttrs.version}.tar.gz";
    hash = "sha256-9ZB2+KP3ZOZFFEUBrVauY2WInLczNRNpVA0Fr3Llm/A=";
  };

  meta = {
    description = "GNU Find Utilities, the basic directory searching utilities of the GNU operating system";
    homepage = "https://www.gnu.org/software/findutils/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "find";
  };
})
