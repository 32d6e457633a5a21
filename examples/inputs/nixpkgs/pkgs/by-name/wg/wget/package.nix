{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "wget";
  version = "1.25.0";

  src = fetchurl {
    url = "https://www.gnu.org/download/wget-${finalAttrs.version}.tar.gz";
    hash = "sha256-rLVAvlZesLOwC5Jep+ZDX7GVLAySXsQlSQ86il6RQFo=";
  };

  buildInputs = [ openssl zlib ];

  meta = {
    description = "Tool for retrieving files over HTTP, HTTPS and FTP";
    homepage = "https://www.gnu.org/software/wget/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "wget";
  };
})
