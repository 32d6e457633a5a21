{
  lib,
  stdenv,
  fetchFromGitHub,
  git,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gitea";
  version = "1.25.2";

  src = fetchFromGitHub {
    owner = "go-gitea";
    repo = "gitea";
    tag = "v${finalAttrs.version}";
    hash = "sha256-sJGSqJ0NCHRerhvZudWkklzjrvtRgsECCOAD1BQjTp4=";
  };

  buildInputs = [ git ];

  meta = {
    description = "Git with a cup of tea";
    homepage = "https://github.com/go-gitea/gitea";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "gitea";
  };
})
