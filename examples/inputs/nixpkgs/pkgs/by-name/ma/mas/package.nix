{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "mas";
  version = "2.2.2";

  src = fetchFromGitHub {
    owner = "mas-cli";
    repo = "mas";
    tag = "v${finalAttrs.version}";
    hash = "sha256-u7GQGjrDHHJN2euotLAeHEk/k3XtJCvKHNNu8d9Nvnk=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Mac App Store command line interface";
    homepage = "https://github.com/mas-cli/mas";
    license = lib.licenses.mit;
    platforms = lib.platforms.darwin;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "mas";
  };
})
