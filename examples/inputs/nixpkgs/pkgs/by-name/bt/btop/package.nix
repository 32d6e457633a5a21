{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "btop";
  version = "1.4.5";

  src = fetchFromGitHub {
    owner = "aristocratos";
    repo = "btop";
    tag = "v${finalAttrs.version}";
    hash = "sha256-pi4C26Y6aB+BsBH85qOFckFJou9wo7HIkBISzhIuIP8=";
  };

  meta = {
    description = "Monitor of resources";
    homepage = "https://github.com/aristocratos/btop";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "btop";
  };
})
