{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "age";
  version = "1.2.1";

  src = fetchFromGitHub {
    owner = "FiloSottile";
    repo = "age";
    tag = "v${finalAttrs.version}";
    hash = "sha256-orFdrwJbNNj/5ohtes29tCEy3hGoGR6LkF06+IU3BA4=";
  };

  meta = {
    description = "Modern encryption tool with small explicit keys";
    homepage = "https://github.com/FiloSottile/age";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "age";
  };
})
