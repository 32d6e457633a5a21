{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "opentofu";
  version = "1.10.7";

  src = fetchFromGitHub {
    owner = "opentofu";
    repo = "opentofu";
    tag = "v${finalAttrs.version}";
    hash = "sha256-LURP5M5ijrnKRTvg2208RY4D5qSBCKrJA/8+8DGE40I=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Tool for building, changing, and versioning infrastructure";
    homepage = "https://github.com/opentofu/opentofu";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "tofu";
  };
})
