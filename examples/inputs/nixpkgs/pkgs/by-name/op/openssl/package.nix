{
  lib,
  stdenv,
  fetchurl,
  perl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "openssl";
  version = "3.6.0";

  outputs = [ "bin" "dev" "out" ];

  src = fetchurl {
    url = "https://www.openssl.org/download/openssl-${finalAttrs.version}.tar.gz";
    hash = "sha256-6unCS3pQWMw1DpIKzwBgPxpykdlgtdNy1N+YBA+Zjs8=";
  };

  nativeBuildInputs = [ perl ];

  meta = {
    description = "Cryptographic library that implements the SSL and TLS protocols";
    homepage = "https://www.openssl.org/";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "openssl";
  };
})
