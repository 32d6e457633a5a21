{
  lib,
  stdenv,
  fetchurl,
  openssl,
  python3,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "borgbackup";
  version = "1.4.2";

  src = fetchurl {
    url = "https://www.borgbackup.org/download/borgbackup-${finalAttrs.version}.tar.gz";
    hash = "sha256-OdGkre8//vTlgoEp8tIxf5017Vp3gjzfa8PuNgM8KGA=";
  };

  buildInputs = [ openssl python3 ];

  meta = {
    description = "Deduplicating archiver with compression and encryption";
    homepage = "https://www.borgbackup.org/";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "borg";
  };
})
