{
  lib,
  stdenv,
  fetchurl,
  bash,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "wireguard-tools";
  version = "1.0.20250521";

  src = fetchurl {
    url = "https://www.wireguard.com/download/wireguard-tools-${finalAttrs.version}.tar.gz";
    hash = "sha256-CqPwr95mHBxGe+KdGv3Z/5Hy5gyN5JQ1vrIGCs+Emfc=";
  };

  buildInputs = [ bash ];

  meta = {
    description = "Tools for the WireGuard secure network tunnel";
    homepage = "https://www.wireguard.com/";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "wg";
  };
})
