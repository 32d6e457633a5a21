{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "skhd";
  version = "0.3.9";

  src = fetchFromGitHub {
    owner = "koekeishiya";
    repo = "skhd";
    tag = "v${finalAttrs.version}";
    hash = "sha256-YDTPcEe1PWtmXC0K6PrvOolHAO94SG14ZaPQ+0CWXa8=";
  };

  meta = {
    description = "Simple hotkey daemon for macOS";
    homepage = "https://github.com/koekeishiya/skhd";
    license = lib.licenses.mit;
    platforms = lib.platforms.darwin;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "skhd";
  };
})
