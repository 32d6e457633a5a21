{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "curl";
  version = "8.17.0";

  outputs = [ "bin" "dev" "out" ];

  src = fetchurl {
    url = "https://curl.se/download/curl-${finalAttrs.version}.tar.gz";
    hash = "sha256-CH5AokpZdT6WhB2yxBZa8OMahyRD/0o7wSNi5KSAXLc=";
  };

  buildInputs = [ openssl zlib ];

  meta = {
    description = "Command line tool for transferring files with URL syntax";
    homepage = "https://curl.se/";
    license = lib.licenses.curl;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "curl";
  };
})
