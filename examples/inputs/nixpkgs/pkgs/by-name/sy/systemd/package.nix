{
  lib,
  stdenv,
  fetchFromGitHub,
  util-linux,
  kmod,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "systemd";
  version = "258.2";

  src = fetchFromGitHub {
    owner = "systemd";
    repo = "systemd";
    tag = "v${finalAttrs.version}";
    hash = "sha256-8+CKGP9be7GgDiXLo7DQ88wr8PjPvdoJD8xvDK21xyc=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ util-linux kmod ];

  meta = {
    description = "System and service manager for Linux";
    homepage = "https://github.com/systemd/systemd";
    license = lib.licenses.lgpl21Plus;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "systemctl";
  };
})
