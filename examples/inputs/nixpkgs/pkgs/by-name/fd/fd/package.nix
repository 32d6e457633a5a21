{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "fd";
  version = "10.3.0";

  src = fetchFromGitHub {
    owner = "sharkdp";
    repo = "fd";
    tag = "v${finalAttrs.version}";
    hash = "sha256-US10Ao5YCqesApAQJoHLV8f5VQ+Pv4qEkJVWGAlk6ow=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Simple, fast and user-friendly alternative to find";
    homepage = "https://github.com/sharkdp/fd";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "fd";
  };
})
