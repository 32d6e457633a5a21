{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gawk";
  version = "5.3.2";

  src = fetchurl {
    url = "https://www.gnu.org/download/gawk-${finalAttrs.version}.tar.gz";
    hash = "sha256-teDWQTtaWgmHtrksqS9ifjR277i4I+3kfDU3SGNbNB8=";
  };

  meta = {
    description = "GNU implementation of the Awk programming language";
    homepage = "https://www.gnu.org/software/gawk/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "gawk";
  };
})
