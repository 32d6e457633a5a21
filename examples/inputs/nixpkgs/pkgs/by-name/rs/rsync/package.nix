{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
  perl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "rsync";
  version = "3.4.1";

  src = fetchurl {
    url = "https://rsync.samba.org/download/rsync-${finalAttrs.version}.tar.gz";
    hash = "sha256-2tO5FY4YLwJ+TIq1ts75YeLvWo4Ol/1rBTXX7G3sXZE=";
  };

  nativeBuildInputs = [ perl ];
  buildInputs = [ openssl zlib ];

  meta = {
    description = "Fast incremental file transfer utility";
    homepage = "https://rsync.samba.org/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "rsync";
  };
})
