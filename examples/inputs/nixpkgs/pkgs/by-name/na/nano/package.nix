{
  lib,
  stdenv,
  fetchurl,
  ncurses,
  gettext,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "nano";
  version = "8.7";

  src = fetchurl {
    url = "https://www.nano-editor.org/download/nano-${finalAttrs.version}.tar.gz";
    hash = "sha256-pgK39M7O73AkQzEzrN51FiXdB9g+xrlS7Yjo1taUvVY=";
  };

  nativeBuildInputs = [ gettext ];
  buildInputs = [ ncurses ];

  meta = {
    description = "Small, user-friendly console text editor";
    homepage = "https://www.nano-editor.org/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "nano";
  };
})
