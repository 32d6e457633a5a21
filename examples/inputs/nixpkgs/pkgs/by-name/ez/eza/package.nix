{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "eza";
  version = "0.23.4";

  src = fetchFromGitHub {
    owner = "eza-community";
    repo = "eza";
    tag = "v${finalAttrs.version}";
    hash = "sha256-GmmixK0EMKiYhSr9JDaMOiLO7Q3AaqJBUDRsmFKARMs=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Modern, maintained replacement for ls";
    homepage = "https://github.com/eza-community/eza";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "eza";
  };
})
