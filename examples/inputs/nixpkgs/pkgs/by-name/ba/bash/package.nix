{
  lib,
  stdenv,
  fetchurl,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "bash";
  version = "5.3p3";

  src = fetchurl {
    url = "https://www.gnu.org/download/bash-${finalAttrs.version}.tar.gz";
    hash = "sha256-U7BRsag7EmIwXJadVNGlQ4tZRAJek6S0hAqMubm64Tg=";
  };

  buildInputs = [ ncurses ];

  passthru.shellPath = "/bin/bash";

  meta = {
    description = "GNU Bourne-Again Shell, the de facto standard shell on Linux";
    homepage = "https://www.gnu.org/software/bash/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "bash";
  };
})
