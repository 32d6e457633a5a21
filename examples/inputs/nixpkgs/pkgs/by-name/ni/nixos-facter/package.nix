{
  lib,
  stdenv,
  fetchFromGitHub,
  systemd,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nixos-facter";
  version = "0.4.1";

  src = fetchFromGitHub {
    owner = "nix-community";
    repo = "nixos-facter";
    tag = "v${finalAttrs.version}";
    hash = "sha256-lwx8CLJL9j9hGBtHsubIWc0PKd6EsLoVrEdQdC4Tnzs=";
  };

  buildInputs = [ systemd ];

  meta = {
    description = "Declarative hardware configuration for NixOS";
    homepage = "https://github.com/nix-community/nixos-facter";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nixos-facter";
  };
})
