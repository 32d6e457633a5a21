{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nginx";
  version = "1.29.3";

  src = fetchurl {
    url = "https://nginx.org/download/nginx-${finalAttrs.version}.tar.gz";
    hash = "sha256-8CCMeckBkYyeAWzX9ogcL356+bYs4iUv4TTjJzxHUlo=";
  };

  buildInputs = [ openssl zlib ];

  meta = {
    description = "Reverse proxy and lightweight webserver";
    homepage = "https://nginx.org/";
    license = lib.licenses.bsd2;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nginx";
  };
})
