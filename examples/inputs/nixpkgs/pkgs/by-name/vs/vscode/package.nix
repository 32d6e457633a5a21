{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "vscode";
  version = "1.106.2";

  src = fetchurl {
    url = "https://code.visualstudio.com/download/vscode-${finalAttrs.version}.tar.gz";
    hash = "sha256-/DIJr9eqPA65jjiDRL1JGZTmQOLQhw/QGMVoJnrEnjg=";
  };

  meta = {
    description = "Code editor developed by Microsoft";
    homepage = "https://code.visualstudio.com/";
    license = lib.licenses.unfree;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "code";
  };
})
