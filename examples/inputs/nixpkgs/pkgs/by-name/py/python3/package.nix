{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "python3";
  version = "3.13.9";

  src = fetchurl {
    url = "https://www.python.org/download/python3-${finalAttrs.version}.tar.gz";
    hash = "sha256-YOmyKPhdta3ZQLpyuVM5MqwM1oSHQUvK93AvAYswBQE=";
  };

  buildInputs = [ openssl zlib ncurses ];

  meta = {
    description = "High-level dynamically-typed programming language";
    homepage = "https://www.python.org/";
    license = lib.licenses.psfl;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "python3";
  };
})
