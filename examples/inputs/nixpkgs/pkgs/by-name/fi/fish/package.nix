{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "fish";
  version = "4.2.1";

  src = fetchFromGitHub {
    owner = "fish-shell";
    repo = "fish-shell";
    tag = "v${finalAttrs.version}";
    hash = "sha256-nBzIOQdkk0lN8H1XkNo1GdkxUbcIKjYdmkw+JRhaCJo=";
  };

  buildInputs = [ ncurses ];

  passthru.shellPath = "/bin/fish";

  meta = {
    description = "Smart and user-friendly command line shell";
    homepage = "https://github.com/fish-shell/fish-shell";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "fish";
  };
})
