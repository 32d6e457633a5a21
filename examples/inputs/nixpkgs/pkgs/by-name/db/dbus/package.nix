{
  lib,
  stdenv,
  fetchurl,
  systemd,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "dbus";
  version = "1.16.2";

  src = fetchurl {
    url = "https://www.freedesktop.org/download/dbus-${finalAttrs.version}.tar.gz";
    hash = "sha256-HOrDUVGKtmzh8dlyZrF2GmCQpK2D05mONGANpHzG7Ms=";
  };

  buildInputs = lib.optionals stdenv.hostPlatform.isLinux [ systemd ];

  meta = {
    description = "Simple interprocess messaging system";
    homepage = "https://www.freedesktop.org/wiki/Software/dbus/";
    license = lib.licenses.gpl2Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
  };
})
