{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "neovim";
  version = "0.11.5";

  src = fetchFromGitHub {
    owner = "neovim";
    repo = "neovim";
    tag = "v${finalAttrs.version}";
    hash = "sha256-Cu/gGXSg+eYUeXbYy8vl+TQcguEtuTrP03Q19baQ6iY=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ ncurses ];

  meta = {
    description = "Vim text editor fork focused on extensibility and agility";
    homepage = "https://github.com/neovim/neovim";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nvim";
  };
})
