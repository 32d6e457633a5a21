{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gnutar";
  version = "1.35";

  src = fetchurl {
    url = "https://www.gnu.org/download/gnutar-${finalAttrs.version}.tar.gz";
    hash = "sha256-GC6W57oijWxDbIDloEuGrjJsOXh/Yc5AUQ2xIo5e6no=";
  };

  meta = {
    description = "GNU implementation of the `tar` archiver";
    homepage = "https://www.gnu.org/software/tar/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "tar";
  };
})
