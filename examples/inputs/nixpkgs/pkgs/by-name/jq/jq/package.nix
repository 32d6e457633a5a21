{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "jq";
  version = "1.8.1";

  src = fetchFromGitHub {
    owner = "jqlang";
    repo = "jq";
    tag = "v${finalAttrs.version}";
    hash = "sha256-FtbUNTCZ5g6lJqDscX6r5eVIpVA21PNypnmJ26TETeY=";
  };

  meta = {
    description = "Lightweight and flexible command-line JSON processor";
    homepage = "https://github.com/jqlang/jq";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "jq";
  };
})
