{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "zlib";
  version = "1.3.1";

  outputs = [ "out" "dev" ];

  src = fetchurl {
    url = "https://zlib.net/download/zlib-${finalAttrs.version}.tar.gz";
    hash = "sha256-NUgEOXTkRTgJWDchuSNJ+4StSEg7fdtN2+v/8aJFlJc=";
  };

  meta = {
    description = "Lossless data compression library";
    homepage = "https://zlib.net/";
    license = lib.licenses.zlib;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
