{
  lib,
  stdenv,
  fetchFromGitHub,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "tmux";
  version = "3.6";

  src = fetchFromGitHub {
    owner = "tmux";
    repo = "tmux";
    tag = "v${finalAttrs.version}";
    hash = "sha256-AkytO3HS/wF4Ux93aMlWSWGP6LtJhkqdj74NMQqDaMc=";
  };

  buildInputs = [ ncurses ];

  meta = {
    description = "Terminal multiplexer";
    homepage = "https://github.com/tmux/tmux";
    license = lib.licenses.isc;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "tmux";
  };
})
