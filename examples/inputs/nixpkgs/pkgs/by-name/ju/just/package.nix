{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "just";
  version = "1.43.1";

  src = fetchFromGitHub {
    owner = "casey";
    repo = "just";
    tag = "v${finalAttrs.version}";
    hash = "sha256-nwanCNx1suQJIi+9cq5AcG+fwSsNuY4C5Dy2olzsP6A=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Handy way to save and run project-specific commands";
    homepage = "https://github.com/casey/just";
    license = lib.licenses.cc0;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "just";
  };
})
