{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gnugrep";
  version = "3.12";

  src = fetchurl {
    url = "https://www.gnu.org/download/gnugrep-${finalAttrs.version}.tar.gz";
    hash = "sha256-z44HtAysr71YyFiV+r9XfkLJMHG2ihjbxe8W7rYcCow=";
  };

  meta = {
    description = "GNU implementation of the Unix grep command";
    homepage = "https://www.gnu.org/software/grep/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "grep";
  };
})
