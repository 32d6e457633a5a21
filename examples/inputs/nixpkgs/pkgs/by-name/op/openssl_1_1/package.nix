{
  lib,
  stdenv,
  fetchurl,
  perl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "openssl_1_1";
  version = "1.1.1w";

  outputs = [ "bin" "dev" "out" ];

  src = fetchurl {
    url = "https://www.openssl.org/download/openssl_1_1-${finalAttrs.version}.tar.gz";
    hash = "sha256-bS7gy767q5cwa3buSySdkfmm+uq5hFvL+V3xvwOLXfQ=";
  };

  nativeBuildInputs = [ perl ];

  meta = {
    description = "Cryptographic library that implements the SSL and TLS protocols";
    homepage = "https://www.openssl.org/";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "openssl";
    knownVulnerabilities = [
      "OpenSSL 1.1 has reached its end of life on 2023-09-11 and no longer receives security fixes"
    ];
  };
})
