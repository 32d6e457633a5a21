{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
  python3,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nodejs";
  version = "24.11.1";

  src = fetchurl {
    url = "https://nodejs.org/download/nodejs-${finalAttrs.version}.tar.gz";
    hash = "sha256-D6ZflzAnfjoceQsQCQ9jtXgLtBqGoio3wMwm31iMTo8=";
  };

  nativeBuildInputs = [ python3 ];
  buildInputs = [ openssl zlib ];

  meta = {
    description = "Event-driven I/O framework for the V8 JavaScript engine";
    homepage = "https://nodejs.org/";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "node";
  };
})
