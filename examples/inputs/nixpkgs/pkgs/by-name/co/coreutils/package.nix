{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "coreutils";
  version = "9.9";

  src = fetchurl {
    url = "https://www.gnu.org/download/coreutils-${finalAttrs.version}.tar.gz";
    hash = "sha256-/o9MvlNyNj/WNIejY18vKsUxXxhzxYl+vSH2NB9/4kc=";
  };

  meta = {
    description = "GNU Core Utilities";
    homepage = "https://www.gnu.org/software/coreutils/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
