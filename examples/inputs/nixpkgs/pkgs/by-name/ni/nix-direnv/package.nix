{
  lib,
  stdenv,
  fetchFromGitHub,
  gnugrep,
  nix,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nix-direnv";
  version = "3.1.0";

  src = fetchFromGitHub {
    owner = "nix-community";
    repo = "nix-direnv";
    tag = "v${finalAttrs.version}";
    hash = "sha256-ax5nHVvlEyleBo2nyRlxbbouH1pDLlPA/36Nosbblpg=";
  };

  buildInputs = [ gnugrep nix ];

  meta = {
    description = "Fast, persistent use_nix implementation for direnv";
    homepage = "https://github.com/nix-community/nix-direnv";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
