{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "restic";
  version = "0.18.1";

  src = fetchFromGitHub {
    owner = "restic";
    repo = "restic";
    tag = "v${finalAttrs.version}";
    hash = "sha256-O+sDN3Vzmg35NpAaFJtWwXdT3/q4vuCgAKZTClgxiFY=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Backup program that is fast, efficient and secure";
    homepage = "https://github.com/restic/restic";
    license = lib.licenses.bsd2;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "restic";
  };
})
