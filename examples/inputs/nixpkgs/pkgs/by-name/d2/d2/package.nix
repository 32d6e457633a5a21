{
  lib,
  stdenv,
  fetchFromGitHub,
  installShellFiles,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "d2";
  version = "0.7.1";

  src = fetchFromGitHub {
    owner = "terrastruct";
    repo = "d2";
    tag = "v${finalAttrs.version}";
    hash = "sha256-K7et+vt3S4mtqb8mLoWCevO9uNqCzkcy7FivojDzyfU=";
  };

  nativeBuildInputs = [ installShellFiles ];

  meta = {
    description = "Modern diagram scripting language that turns text to diagrams";
    homepage = "https://github.com/terrastruct/d2";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "d2";
  };
})
