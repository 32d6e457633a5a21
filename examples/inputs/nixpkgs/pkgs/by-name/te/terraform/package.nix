{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "terraform";
  version = "1.14.0";

  src = fetchFromGitHub {
    owner = "hashicorp";
    repo = "terraform";
    tag = "v${finalAttrs.version}";
    hash = "sha256-+fFlu+25OkV6h7TN9wGCP+6eo1PYb7MwyeNVr61GQuk=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Tool for building, changing, and versioning infrastructure";
    homepage = "https://github.com/hashicorp/terraform";
    license = lib.licenses.bsl11;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "terraform";
  };
})
