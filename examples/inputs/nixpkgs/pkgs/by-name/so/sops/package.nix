{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "sops";
  version = "3.11.0";

  src = fetchFromGitHub {
    owner = "getsops";
    repo = "sops";
    tag = "v${finalAttrs.version}";
    hash = "sha256-SlwKVXGTSsZJUEfcxZjxvwvJOVo6LsIDAXPqR/pS2TM=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Simple and flexible tool for managing secrets";
    homepage = "https://github.com/getsops/sops";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "sops";
  };
})
