{
  lib,
  stdenv,
  fetchFromGitHub,
  curl,
  openssl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nix";
  version = "2.34.8";

  src = fetchFromGitHub {
    owner = "NixOS";
    repo = "nix";
    tag = "v${finalAttrs.version}";
    hash = "sha256-nHjx4AdzZgyn1qXISqtq/FxPhRBMZP8ArGZasUSbY+I=";
  };

  buildInputs = [ curl openssl ];

  meta = {
    description = "Powerful package manager that makes package management reliable and reproducible";
    homepage = "https://github.com/NixOS/nix";
    license = lib.licenses.lgpl21Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nix";
  };
})
