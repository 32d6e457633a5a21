{
  lib,
  stdenv,
  fetchFromGitHub,
  bash,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "direnv";
  version = "2.37.1";

  src = fetchFromGitHub {
    owner = "direnv";
    repo = "direnv";
    tag = "v${finalAttrs.version}";
    hash = "sha256-y3QRGJad3PvNYBtZm8oe2d7tsa4g9U+wfH+nOcxOjus=";
  };

  buildInputs = [ bash ];

  meta = {
    description = "Shell extension that manages your environment";
    homepage = "https://github.com/direnv/direnv";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "direnv";
  };
})
