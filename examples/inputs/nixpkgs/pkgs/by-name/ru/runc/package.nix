{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "runc";
  version = "1.4.0";

  src = fetchFromGitHub {
    owner = "opencontainers";
    repo = "runc";
    tag = "v${finalAttrs.version}";
    hash = "sha256-hEUuWpsluzeDAw7RbkgNRQ43LrnLscIAkSpLwGPgukw=";
  };

  meta = {
    description = "CLI tool for spawning and running containers according to the OCI specification";
    homepage = "https://github.com/opencontainers/runc";
    license = lib.licenses.asl20;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "runc";
  };
})
