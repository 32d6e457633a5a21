{
  lib,
  stdenv,
  fetchFromGitHub,
  nodejs,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "quarto";
  version = "1.8.26";

  src = fetchFromGitHub {
    owner = "quarto-dev";
    repo = "quarto-cli";
    tag = "v${finalAttrs.version}";
    hash = "sha256-jBpDpuPQVfoXNEs/xhd8AFHWehcvXlCQAnDFCSTEljA=";
  };

  buildInputs = [ nodejs ];

  meta = {
    description = "Open-source scientific and technical publishing system";
    homepage = "https://github.com/quarto-dev/quarto-cli";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "quarto";
    badPlatforms = [ "x86_64-darwin" ];
  };
})
