{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nh";
  version = "4.2.0";

  src = fetchFromGitHub {
    owner = "nix-community";
    repo = "nh";
    tag = "v${finalAttrs.version}";
    hash = "sha256-5eseSIECpz+GF59bUoFMPmqE2b1lF+mSafhMwYGsSgs=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Yet another Nix command line helper";
    homepage = "https://github.com/nix-community/nh";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nh";
  };
})
