{
  lib,
  stdenv,
  fetchurl,
  curl,
  openssl,
  zlib,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "git";
  version = "2.52.0";

  outputs = [ "out" "doc" ];

  src = fetchurl {
    url = "https://git-scm.com/download/git-${finalAttrs.version}.tar.gz";
    hash = "sha256-wEJM3Si0pvkTsQ3kpAF/iyUw0le3oWdyZ+sXY4KEBoA=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ curl openssl zlib ];

  meta = {
    description = "Distributed version control system";
    homepage = "https://git-scm.com/";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "git";
  };
})
