{
  lib,
  stdenv,
  fetchFromGitHub,
  openssl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "kanidm";
  version = "1.8.3";

  src = fetchFromGitHub {
    owner = "kanidm";
    repo = "kanidm";
    tag = "v${finalAttrs.version}";
    hash = "sha256-DXdud8onQU1ScNN4iwD8W7Rjn/AvS7jbfj3uLJMBLXY=";
  };

  buildInputs = [ openssl ];

  meta = {
    description = "Simple, secure and fast identity management platform";
    homepage = "https://github.com/kanidm/kanidm";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "kanidm";
  };
})
