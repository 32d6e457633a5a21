{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "htop";
  version = "3.4.1";

  src = fetchFromGitHub {
    owner = "htop-dev";
    repo = "htop";
    tag = "v${finalAttrs.version}";
    hash = "sha256-FThT1Us42tY8BqYc07/eG/Ggfj6qTtEfXCfpzFwq1nM=";
  };

  buildInputs = [ ncurses ];

  meta = {
    description = "Interactive process viewer";
    homepage = "https://github.com/htop-dev/htop";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "htop";
  };
})
