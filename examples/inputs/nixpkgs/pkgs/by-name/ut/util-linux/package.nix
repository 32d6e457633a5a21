{
  lib,
  stdenv,
  fetchurl,
  ncurses,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "util-linux";
  version = "2.41.2";

  src = fetchurl {
    url = "https://www.kernel.org/download/util-linux-${finalAttrs.version}.tar.gz";
    hash = "sha256-2Hz1j2W3xVoYnzkb9ZR25fdvWzpL+UX+vyhic3gjBbs=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ ncurses ];

  meta = {
    description = "Set of system utilities for Linux";
    homepage = "https://www.kernel.org/pub/linux/utils/util-linux/";
    license = lib.licenses.gpl2Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
