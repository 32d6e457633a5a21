{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "vim";
  version = "9.1.1869";

  src = fetchFromGitHub {
    owner = "vim";
    repo = "vim";
    tag = "v${finalAttrs.version}";
    hash = "sha256-e5X7nxPgbm93dVeZrh14ACAO+zPZsyKbxclHQJ8bUqs=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ ncurses ];

  meta = {
    description = "Most popular clone of the VI editor";
    homepage = "https://github.com/vim/vim";
    license = lib.licenses.vim;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "vim";
  };
})
