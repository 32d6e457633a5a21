{
  lib,
  stdenv,
  fetchurl,
  ncurses,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "less";
  version = "685";

  src = fetchurl {
    url = "https://www.greenwoodsoftware.com/download/less-${finalAttrs.version}.tar.gz";
    hash = "sha256-DbCdUx+chgk8VG7+a2XEWeHBjGUfmd0xxo7LQAH+/jo=";
  };

  buildInputs = [ ncurses ];

  meta = {
    description = "More advanced file pager than more";
    homepage = "https://www.greenwoodsoftware.com/less/";
    license = lib.licenses.gpl3Plus;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "less";
  };
})
