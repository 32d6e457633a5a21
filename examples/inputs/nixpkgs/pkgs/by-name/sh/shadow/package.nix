{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "shadow";
  version = "4.18.0";

  src = fetchFromGitHub {
    owner = "shadow-maint";
    repo = "shadow";
    tag = "v${finalAttrs.version}";
    hash = "sha256-OlWvUedO1Ngrrzo6CSDB42fKFPrp7rZXNMkchnhak0s=";
  };

  meta = {
    description = "Suite containing authentication-related tools such as passwd and su";
    homepage = "https://github.com/shadow-maint/shadow";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "passwd";
  };
})
