{
  lib,
  stdenv,
  fetchurl,
  less,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "man-db";
  version = "2.13.1";

  src = fetchurl {
    url = "https://gitlab.com/download/man-db-${finalAttrs.version}.tar.gz";
    hash = "sha256-Z+AueiSDL5j0IgkBsHdj59i+frzsh7Qp9/1oaX3h3o8=";
  };

  buildInputs = [ less ];

  meta = {
    description = "Implementation of the standard Unix documentation system";
    homepage = "https://gitlab.com/man-db/man-db";
    license = lib.licenses.gpl2Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "man";
  };
})
