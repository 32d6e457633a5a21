{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "sudo";
  version = "1.9.17p2";

  src = fetchurl {
    url = "https://www.sudo.ws/download/sudo-${finalAttrs.version}.tar.gz";
    hash = "sha256-IGgDPiNrQ8/COr7SIRll7TWJxMgL/jxloBOcLASwtGI=";
  };

  meta = {
    description = "Command to run commands as root";
    homepage = "https://www.sudo.ws/";
    license = lib.licenses.isc;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "sudo";
  };
})
