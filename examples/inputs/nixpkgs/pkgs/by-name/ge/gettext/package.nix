{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gettext";
  version = "0.26";

  src = fetchurl {
    url = "https://www.gnu.org/download/gettext-${finalAttrs.version}.tar.gz";
    hash = "sha256-yGmCSGTdv6mVOZr6cjTvbgRnF35+8Kqf5bb35hlp1wQ=";
  };

  meta = {
    description = "Well integrated set of translation tools and documentation";
    homepage = "https://www.gnu.org/software/gettext/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "gettext";
  };
})
