{
  lib,
  stdenv,
  fetchurl,
  gettext,
  python3,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "grub2";
  version = "2.12";

  src = fetchurl {
    url = "https://www.gnu.org/download/grub2-${finalAttrs.version}.tar.gz";
    hash = "sha256-VBE5+WSwkfLRP2mwxYMSxlEqiYulVFeJ/0l1LynyOFI=";
  };

  nativeBuildInputs = [ gettext python3 ];

  meta = {
    description = "GNU GRUB, the Grand Unified Boot Loader";
    homepage = "https://www.gnu.org/software/grub/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "grub-install";
  };
})
