{
  lib,
  stdenv,
  fetchFromGitHub,
  less,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "bat";
  version = "0.26.0";

  src = fetchFromGitHub {
    owner = "sharkdp";
    repo = "bat";
    tag = "v${finalAttrs.version}";
    hash = "sha256-Leyz5IOhOMirLAlWEW9IC+xFTWaxT4NQG7WNa5YGad0=";
  };

  nativeBuildInputs = [ installShellFiles ];
  buildInputs = [ less ];

  meta = {
    description = "Cat(1) clone with syntax highlighting and Git integration";
    homepage = "https://github.com/sharkdp/bat";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "bat";
  };
})
