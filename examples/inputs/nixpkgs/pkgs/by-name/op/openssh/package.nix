{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "openssh";
  version = "10.2p1";

  src = fetchurl {
    url = "https://www.openssh.com/download/openssh-${finalAttrs.version}.tar.gz";
    hash = "sha256-CeZeShvD8p/2cFcFpbcDy/SpwyauUkzE1xBnLhtTH+w=";
  };

  buildInputs = [ openssl zlib ];

  meta = {
    description = "Implementation of the SSH protocol";
    homepage = "https://www.openssh.com/";
    license = lib.licenses.bsd2;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "ssh";
  };
})
