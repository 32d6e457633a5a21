# One patched font of the Nerd Fonts collection.
{
  lib,
  stdenv,
  font,
}:
stdenv.mkDerivation {
  pname = "nerd-fonts-${lib.toLower font}";
  version = "3.4.0";
  inherit font;
  meta = {
    description = "Nerd Fonts: ${font} with icons";
    license = lib.licenses.mit;
  };
}
