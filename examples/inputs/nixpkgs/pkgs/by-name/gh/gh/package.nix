{
  lib,
  stdenv,
  fetchFromGitHub,
  git,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "gh";
  version = "2.83.1";

  src = fetchFromGitHub {
    owner = "cli";
    repo = "cli";
    tag = "v${finalAttrs.version}";
    hash = "sha256-V5r7oyIOUcvh/Y7epf9DADVgWH0AmGYZa/o9iBcpvks=";
  };

  nativeBuildInputs = [ installShellFiles ];
  buildInputs = [ git ];

  meta = {
    description = "GitHub CLI tool";
    homepage = "https://github.com/cli/cli";
    license = lib.licenses.mit;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "gh";
  };
})
