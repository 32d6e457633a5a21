{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "fzf";
  version = "0.67.0";

  src = fetchFromGitHub {
    owner = "junegunn";
    repo = "fzf";
    tag = "v${finalAttrs.version}";
    hash = "sha256-wl2fl8pHD1BHkF9i7akp4mlCJcn53QZEjU2MnjK5uGs=";
  };

  nativeBuildInputs = [ installShellFiles ];
  buildInputs = [ ncurses ];

  meta = {
    description = "Command-line fuzzy finder";
    homepage = "https://github.com/junegunn/fzf";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "fzf";
  };
})
