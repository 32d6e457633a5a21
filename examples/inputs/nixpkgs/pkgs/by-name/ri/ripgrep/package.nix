{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "ripgrep";
  version = "15.1.0";

  src = fetchFromGitHub {
    owner = "BurntSushi";
    repo = "ripgrep";
    tag = "v${finalAttrs.version}";
    hash = "sha256-a85YIQmQeo6oLt6OW4n1wJD5zFjXNvQpqLZiCc3D6N4=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Utility that combines the usability of The Silver Searcher with the raw speed of grep";
    homepage = "https://github.com/BurntSushi/ripgrep";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "rg";
  };
})
