{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "perl";
  version = "5.42.0";

  src = fetchurl {
    url = "https://www.perl.org/download/perl-${finalAttrs.version}.tar.gz";
    hash = "sha256-z/DifXpMwxWexqHFXzI+KKI61heEFqDxfQ9utnTk/LA=";
  };

  meta = {
    description = "Standard implementation of the Perl 5 programming language";
    homepage = "https://www.perl.org/";
    license = lib.licenses.artistic2;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "perl";
  };
})
