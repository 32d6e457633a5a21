{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "ncurses";
  version = "6.5";

  src = fetchurl {
    url = "https://www.gnu.org/download/ncurses-${finalAttrs.version}.tar.gz";
    hash = "sha256-xa+92LIMNRyYDMnYaFw0bswRm8xYjfwTg51SRCmxeTc=";
  };

  meta = {
    description = "Free software emulation of curses in SVR4 and more";
    homepage = "https://www.gnu.org/software/ncurses/";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
