{
  lib,
  stdenv,
  fetchurl,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "zsh";
  version = "5.9";

  src = fetchurl {
    url = "https://www.zsh.org/download/zsh-${finalAttrs.version}.tar.gz";
    hash = "sha256-broY2iyBwZW1EnTu9qbWJREyPpKJzzfbSF9xx9Rkb0k=";
  };

  buildInputs = [ ncurses ];

  passthru.shellPath = "/bin/zsh";

  meta = {
    description = "Z shell";
    homepage = "https://www.zsh.org/";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "zsh";
  };
})
