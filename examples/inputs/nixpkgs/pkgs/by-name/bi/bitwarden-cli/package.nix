{
  lib,
  stdenv,
  fetchFromGitHub,
  nodejs,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "bitwarden-cli";
  version = "2025.11.0";

  src = fetchFromGitHub {
    owner = "bitwarden";
    repo = "clients";
    tag = "v${finalAttrs.version}";
    hash = "sha256-wdYwtkshNeLjmYxuWqguoJoK0LxIiU6/c/U2ErS2g8o=";
  };

  buildInputs = [ nodejs ];

  meta = {
    description = "Secure and free password manager for all of your devices";
    homepage = "https://github.com/bitwarden/clients";
    license = lib.licenses.gpl3Only;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "bw";
  };
})
